// Every result type of the pipeline: plain values, no logic. Public field names are those of the record (docs/data-model.md);
// spans are bytes of Article::text. A field that the report does not tell is empty, never guessed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "demarche/core/calendar.h"
#include "demarche/core/error.h"
#include "demarche/core/span.h"
#include "demarche/core/syntax_labels.h"

namespace demarche {

// ---- ingest -> Page ------------------------------------------------------------------------------------------------

enum class PageFormat : uint8_t { html, text, article };  // article: the text as it stands, nothing is cleaned

// One report as it came in.
struct Page {
  std::string read_from;  // path, URL or the id given with JSON Lines
  std::string id;         // "sha256:" of the source bytes
  PageFormat format = PageFormat::text;
  std::string bytes;      // decompressed; not yet decoded
  // What the caller or the container already knows; stands over what the page says.
  std::optional<Day> given_date;
  std::optional<std::string> title, url, publisher, language, section;
  std::vector<std::string> authors;
  std::string http_charset;  // from a WARC or HTTP header; empty when unknown
  std::vector<Diagnostic> diagnostics;  // what was odd about the container's words
};

// ---- article: Page -> Article ---------------------------------------------------------------------------------------

enum class DateBasis : uint8_t { metadata, dateline, url, given, inferred, unknown };

// When the report was published.
struct Published {
  std::optional<Day> date;
  std::string time;               // "09:30:00+09:00", empty when unknown
  std::optional<DayRange> range;  // days that fit, when more than one does
  DateBasis basis = DateBasis::unknown;
  std::optional<Span> evidence;   // for `inferred` and `dateline`

  bool operator==(const Published&) const = default;
};

struct Caption {
  std::string text;
  std::string credit;

  bool operator==(const Caption&) const = default;
};

// A run of Article::text and where its bytes stand in the decoded page.
struct PageSegment {
  Span text;
  uint32_t page_offset = 0;

  bool operator==(const PageSegment&) const = default;
};

// An entry of a live page: from `begin` on the text was written on `day`.
struct DatedEntry {
  uint32_t begin = 0;
  Day day;
  std::string time;  // "09:30:00+09:00", empty when unknown

  bool operator==(const DatedEntry&) const = default;
};

struct Article {
  std::string text;         // title, blank line, paragraphs parted by blank lines; valid UTF-8
  uint32_t body_start = 0;  // byte at which the body begins, after the title
  std::optional<std::string> title, publisher, url, language, section, original_outlet;
  std::vector<std::string> authors;
  Published published;
  std::optional<std::string> modified;  // ISO 8601 instant or day
  bool complete = true;
  std::vector<Caption> captions;
  std::vector<DatedEntry> entries;      // of a live page, in the order of the text; empty for all other pages
  std::vector<PageSegment> page_map;    // in the order of the text

  bool operator==(const Article&) const = default;
};

// ---- text: Article -> sentences and tokens ---------------------------------------------------------------------------

struct Token {
  Span span;  // the word's form is the article's text there

  bool operator==(const Token&) const = default;
};

// UD's multiword tokens ("don't" = do + n't): tokens [first, last) written as one.
struct MultiwordToken {
  uint32_t first = 0, last = 0;

  bool operator==(const MultiwordToken&) const = default;
};

struct Sentence {
  Span span;
  uint32_t paragraph = 0;  // counted from 0; the title is a paragraph of its own
  std::vector<Token> tokens;
  std::vector<MultiwordToken> multiword;

  bool operator==(const Sentence&) const = default;
};

// ---- syntax: sentences -> trees ----------------------------------------------------------------------------------------

// One word of a tree. `head` is an index into the same Tree, -1 for the root.
struct Node {
  Upos upos = Upos::X;
  Deprel deprel = Deprel::dep;
  int32_t head = -1;
  std::string xpos;   // Penn tag as in EWT
  std::string feats;  // "Case=Nom|Number=Sing", empty for none
  std::string lemma;

  bool operator==(const Node&) const = default;
};

// An entity span that the language model found: tokens [first, last), GUM's types
// (person, place, organization, object, event, time, substance, animal, plant, abstract).
struct EntitySpan {
  uint32_t first = 0, last = 0;
  std::string type;
  float score = 0;  // in [0, 1]

  bool operator==(const EntitySpan&) const = default;
};

// The analysis of the sentence with the same index; nodes and tokens correspond one to one.
struct Tree {
  std::vector<Node> nodes;
  std::vector<EntitySpan> entities;

  bool operator==(const Tree&) const = default;
};

// ---- times ----------------------------------------------------------------------------------------------------------

enum class TimexType : uint8_t { date, time, duration, set };  // DATE, TIME, DURATION, SET of TIMEX3
enum class TimeBasis : uint8_t { explicit_, relative };

struct TimeExpression {
  Span span;
  SentenceId sentence;
  uint32_t first = 0, last = 0;  // tokens [first, last) of the sentence
  TimexType type = TimexType::date;
  std::string value;                   // TIMEX3 value: "2017-07-04", "P100D", "PAST_REF"
  std::optional<DayRange> interval;    // days it covers, when they can be told
  TimeBasis basis = TimeBasis::explicit_;
  std::optional<Day> resolved_against;
  bool future = false;  // the wording or the tense points ahead
  bool bound_only = false;  // one-sided ("after Friday", "by mid-July"): a limit, not the day of an act
  std::string rule;
  float confidence = 0;

  bool operator==(const TimeExpression&) const = default;
};

// ---- names ----------------------------------------------------------------------------------------------------------

enum class ActorKind : uint8_t { person, office, government, organization, group, place, weapon, vessel };
// name: "Moon", "Seoul"; nominal: "the ministry", "a senior official"; demonym: "North Korean"; pronoun: "he".
enum class MentionForm : uint8_t { name, nominal, demonym, pronoun };

// One place in the text that names an actor. The words [first, last) include titles and determiners.
struct Mention {
  Span span;
  SentenceId sentence;
  uint32_t first = 0, last = 0;
  uint32_t head = 0;  // token of the sentence that heads it in the tree
  MentionForm form = MentionForm::name;
  ActorId actor;                 // invalid when nobody can be told
  std::vector<ActorId> members;  // "the two sides", "they": all of them; then `actor` is invalid
  std::string rule;
  float confidence = 0;

  bool operator==(const Mention&) const = default;
};

struct Actor {
  std::string name;
  ActorKind kind = ActorKind::person;
  std::string party;   // "JPN", "UN"; empty when it cannot be told
  std::string sector;  // PLOVER: GOV, MIL, ...; empty when it cannot be told
  std::string role;    // "Chief Cabinet Secretary"; empty when unknown
  std::string wikidata;  // "Q...", empty when unknown
  // Joins the actor across reports: the Wikidata id or a key made of party, kind and folded name.
  std::string key;
  bool former = false;  // "former Prime Minister"
  std::string country;  // ISO alpha-3 of a place or of an organisation without a party
  std::optional<double> lat, lon;  // of a place
  std::string rule;
  float confidence = 0;

  bool operator==(const Actor&) const = default;
};

struct Names {
  std::vector<Mention> mentions;  // by (span.begin, longest first)
  std::vector<Actor> actors;

  bool operator==(const Names&) const = default;
};

// ---- shared by entries -----------------------------------------------------------------------------------------------

// One who acts or is acted on. party and sector repeat the actor's; actor may be invalid when only the party is known.
struct Participant {
  ActorId actor;
  std::string party, sector;

  bool operator==(const Participant&) const = default;
};

enum class EventDateBasis : uint8_t { explicit_, relative, report, inferred };

struct EventDate {
  DayRange days;
  std::string text;  // the words it rests on
  EventDateBasis basis = EventDateBasis::explicit_;

  bool operator==(const EventDate&) const = default;
};

struct Location {
  std::string name;
  std::string country;  // ISO alpha-3
  std::optional<double> lat, lon;

  bool operator==(const Location&) const = default;
};

// A number or words, under names that carry the unit ("range_km").
using Detail = std::variant<double, std::string, bool>;

// ---- statements -------------------------------------------------------------------------------------------------------

enum class Anonymity : uint8_t { named, office, anonymous, collective };
enum class StatementKind : uint8_t { speech, writing, belief, intention, forecast };
enum class Quotation : uint8_t { direct, indirect, mixed };
enum class Standing : uint8_t { asserted, denied, retracted, corrected };

struct Speaker {
  Span span;  // the words as they stand; empty when the report names no speaker
  ActorId actor;
  std::string party, sector;
  Anonymity anonymity = Anonymity::office;

  bool operator==(const Speaker&) const = default;
};

struct Statement {
  Speaker speaker;
  std::vector<Speaker> via;  // who relayed it, outermost first
  StatementKind kind = StatementKind::speech;
  std::optional<Span> cue;
  std::vector<Span> content;  // parts in order, at least one
  Quotation quotation = Quotation::indirect;
  std::optional<Participant> addressee;
  std::string channel;  // "briefing", ...; empty when not told
  std::string told_to;  // outlet or body; empty when not told
  Standing standing = Standing::asserted;
  std::optional<EventDate> date;
  std::optional<Location> location;
  Span evidence;         // speaker + cue + content
  SentenceId sentence;   // of the cue, or of the content when there is none
  std::string act;       // what the cue does, from its lexicon row ("condemn", "promise"); empty for plain reporting
  std::string rule;
  std::vector<std::string> signs;  // how its parts were read: what `confidence` is made of; not part of the record
  float confidence = 0;

  bool operator==(const Statement&) const = default;
};

// ---- events -----------------------------------------------------------------------------------------------------------

enum class Factuality : uint8_t { actual, negated, planned, hypothetical };

struct Event {
  std::string type;  // PLOVER: "MOBILIZE"
  std::string mode;  // empty where none fits
  std::string kind;  // "missile_launch"; empty where the crisis trade has none
  std::vector<Participant> actors, recipients;
  std::optional<EventDate> date;
  Factuality factuality = Factuality::actual;
  StatementId attributed_to;  // invalid when the reporter tells it
  std::optional<Location> location;
  std::vector<std::string> contexts;
  std::optional<double> intensity;
  std::string quad_class;
  std::string cameo;
  std::map<std::string, Detail> details;
  Span evidence;       // the clause
  SentenceId sentence;
  uint32_t trigger = 0;  // token that heads it
  // Other places where the report tells the same act, as sentence and trigger token.
  std::vector<std::pair<SentenceId, uint32_t>> also;
  std::string rule;
  std::vector<std::string> signs;  // how its parts were read: what `confidence` is made of; not part of the record
  float confidence = 0;

  bool operator==(const Event&) const = default;
};

// ---- claims -----------------------------------------------------------------------------------------------------------

enum class Stance : uint8_t { asserts, denies, doubts };

struct Claim {
  std::string by;  // a party, or "reporter"
  StatementId statement;
  EventId event;
  std::string property;             // "missile_class", "range_km"
  std::string value;                // as told: "intermediate-range or longer"
  std::vector<std::string> normal;  // normalised; numbers in the unit of the property's name, shortest decimal form
  Stance stance = Stance::asserts;
  Span evidence;
  SentenceId sentence;
  std::string rule;
  std::vector<std::string> signs;  // as of an event
  float confidence = 0;

  bool operator==(const Claim&) const = default;
};

// ---- commitments ------------------------------------------------------------------------------------------------------

enum class CommitmentKind : uint8_t { pledge, threat, demand, red_line, moratorium, deadline, agreement };
enum class CommitmentStatus : uint8_t { open, kept, broken, expired, withdrawn };

struct Commitment {
  CommitmentKind kind = CommitmentKind::pledge;
  std::vector<Participant> by, to;
  Span what;
  std::optional<Span> condition;
  std::optional<EventDate> due;
  CommitmentStatus status = CommitmentStatus::open;
  EventId event;  // that kept or broke it
  // Kinds of event that would break it ("missile_launch"), for the record's view over many reports.
  std::vector<std::string> forswears;
  Span evidence;
  SentenceId sentence;
  std::string rule;
  std::vector<std::string> signs;  // as of an event
  float confidence = 0;

  bool operator==(const Commitment&) const = default;
};

// ---- links ------------------------------------------------------------------------------------------------------------

enum class EntryType : uint8_t { event, statement, claim, commitment };
struct EntryRef {
  EntryType type = EntryType::event;
  uint32_t index = 0;

  bool operator==(const EntryRef&) const = default;
};

struct Link {
  std::string kind;  // "response_to", "in_exchange_for", "condition_of", "causes", "keeps", "breaks", ...
  EntryRef from, to;
  Span evidence;
  std::string rule;
  float confidence = 0;

  bool operator==(const Link&) const = default;
};

// ---- the whole ----------------------------------------------------------------------------------------------------------

// What made the rows, besides the rule that each names; with the source bytes it reproduces them.
struct Producer {
  std::string version;  // of the program
  std::string model;    // content hash of data/model
  std::string lexicon;  // content hash of the rest of data/

  bool operator==(const Producer&) const = default;
};

// All that demarche makes of one page. Entry ids are list positions from 1: "e1", "s1", "c1", "k1", "a1", "t1", "l1".
struct Document {
  std::string id;
  std::string read_from;
  Article article;
  std::vector<Sentence> sentences;
  std::vector<Tree> trees;  // same length as sentences
  Names names;
  std::vector<TimeExpression> times;
  std::vector<Statement> statements;
  std::vector<Event> events;
  std::vector<Claim> claims;
  std::vector<Commitment> commitments;
  std::vector<Link> links;
  std::vector<Diagnostic> diagnostics;
};

}  // namespace demarche
