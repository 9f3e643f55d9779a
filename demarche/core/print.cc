#include "demarche/core/print.h"

#include <algorithm>

#include "demarche/core/names_of.h"

namespace demarche {
namespace {

std::string quoted(std::string_view words) {
  std::string out = "\"";
  for (const char c : words) out += c == '\n' ? ' ' : c;
  return out + "\"";
}

std::string quoted(const Document& doc, Span span) { return quoted(text_of(doc.article.text, span)); }

std::string side(std::string_view party, std::string_view sector) {
  if (party.empty() && sector.empty()) return "-";
  std::string out(party.empty() ? "-" : party);
  if (!sector.empty()) out += "/" + std::string(sector);
  return out;
}

std::string parties(const std::vector<Participant>& list) {
  std::string out;
  for (const Participant& p : list) out += (out.empty() ? "" : ",") + (p.party.empty() ? "-" : p.party);
  return out.empty() ? "-" : out;
}

std::string days(const DayRange& range) {
  return range.start == range.end ? to_string(range.start) : to_string(range.start) + ".." + to_string(range.end);
}

std::string days(const std::optional<EventDate>& date) { return date ? days(date->days) : "-"; }

std::string print_article(const Document& doc) {
  const Article& a = doc.article;
  std::string out;
  const auto field = [&](std::string_view name, const std::optional<std::string>& value) {
    out += std::string(name) + ": " + value.value_or("-") + "\n";
  };
  field("title", a.title);
  std::string authors;
  for (const std::string& author : a.authors) authors += (authors.empty() ? "" : "; ") + author;
  field("authors", authors.empty() ? std::optional<std::string>() : authors);
  field("publisher", a.publisher);
  out += "published: " + (a.published.date ? to_string(*a.published.date) : "-");
  if (!a.published.time.empty()) out += "T" + a.published.time;
  if (a.published.range) out += " (" + days(*a.published.range) + ")";
  out += " " + std::string(to_string(a.published.basis)) + "\n";
  field("modified", a.modified);
  field("section", a.section);
  field("language", a.language);
  field("url", a.url);
  field("original_outlet", a.original_outlet);
  out += std::string("complete: ") + (a.complete ? "true" : "false") + "\n";
  for (const Caption& c : a.captions) out += "caption: " + c.text + (c.credit.empty() ? "" : " (" + c.credit + ")") + "\n";
  return out + "\n" + a.text + "\n";
}

// GUM's Entity attribute for every word: "(1-person(2-place)" opens, "1)" closes.
std::vector<std::string> entity_brackets(const Tree& tree) {
  std::vector<std::string> opened(tree.nodes.size()), closed(tree.nodes.size());
  for (size_t i = 0; i < tree.entities.size(); ++i) {
    const EntitySpan& e = tree.entities[i];
    const std::string id = std::to_string(i + 1);
    opened[e.first] += "(" + id + "-" + e.type + (e.last == e.first + 1 ? ")" : "");
    if (e.last > e.first + 1) closed[e.last - 1] += id + ")";
  }
  for (size_t t = 0; t < opened.size(); ++t) opened[t] = closed[t] + opened[t];
  return opened;
}

template <class List>
std::string lines(const Document& doc, const List& list) {
  std::string out;
  for (const auto& item : list) out += print(doc, item) + "\n";
  return out;
}

}  // namespace

std::string print(const Document& doc, const Sentence& sentence) { return "sentence    " + quoted(doc, sentence.span); }

std::string print(const Document& doc, const TimeExpression& t) {
  std::string out = "time        " + quoted(doc, t.span) + " " + std::string(to_string(t.type)) + " " + (t.value.empty() ? "-" : t.value);
  out += t.interval ? " [" + to_string(t.interval->start) + ".." + to_string(t.interval->end) + "]" : " -";
  out += " " + std::string(to_string(t.basis));
  if (t.future) out += " future";
  if (t.bound_only) out += " bound_only";
  return out;
}

std::string print(const Document& doc, const Mention& m) {
  std::string out = "mention     " + quoted(doc, m.span) + " " + std::string(to_string(m.form));
  const auto one = [&](ActorId id) {
    const Actor& a = doc.names.actors[id.index];
    return std::string(to_string(a.kind)) + " " + side(a.party, a.sector) + " " + quoted(a.name);
  };
  if (m.actor.valid()) return out + " " + one(m.actor);
  if (m.members.empty()) return out + " -";
  std::string list;
  for (const ActorId id : m.members) list += (list.empty() ? "" : ", ") + one(id);
  return out + " [" + list + "]";
}

std::string print(const Document& doc, const Statement& s) {
  std::string out = "statement   speaker=" + (s.speaker.span.empty() ? "-" : quoted(doc, s.speaker.span)) + " " +
                    side(s.speaker.party, s.speaker.sector) + " " + std::string(to_string(s.speaker.anonymity));
  for (const Speaker& via : s.via) out += " via=" + quoted(doc, via.span);
  out += " cue=" + (s.cue ? quoted(doc, *s.cue) : "-") + " content=";
  for (size_t i = 0; i < s.content.size(); ++i) out += (i ? "+" : "") + quoted(doc, s.content[i]);
  out += " " + std::string(to_string(s.quotation)) + " " + std::string(to_string(s.kind));
  if (s.addressee) out += " addressee=" + side(s.addressee->party, s.addressee->sector);
  if (!s.channel.empty()) out += " channel=" + s.channel;
  if (!s.told_to.empty()) out += " told_to=" + quoted(s.told_to);
  if (s.standing != Standing::asserted) out += " " + std::string(to_string(s.standing));
  if (s.date) out += " date=" + days(s.date);
  return out;
}

std::string print(const Document& doc, const Event& e) {
  return "event       " + e.type + (e.mode.empty() ? "" : "/" + e.mode) + " " + (e.kind.empty() ? "-" : e.kind) + " " + parties(e.actors) + " > " +
         parties(e.recipients) + " " + days(e.date) + " " + std::string(to_string(e.factuality)) + " " + quoted(doc, e.evidence);
}

std::string print(const Document&, const Claim& c) {
  std::string normal;
  for (const std::string& n : c.normal) normal += (normal.empty() ? "" : ",") + n;
  return "claim       " + c.by + " " + std::string(to_string(c.stance)) + " " + c.property + "=" + normal + " " + quoted(c.value);
}

std::string print(const Document& doc, const Commitment& k) {
  std::string out = "commitment  " + std::string(to_string(k.kind)) + " by=" + parties(k.by) + " to=" + parties(k.to) + " due=" + days(k.due) + " " +
                    std::string(to_string(k.status)) + " what=" + quoted(doc, k.what);
  if (k.condition) out += " condition=" + quoted(doc, *k.condition);
  return out;
}

std::string print(const Document&, const Link& l) {
  return "link        " + l.kind + " " + entry_id(l.from.type, l.from.index) + " -> " + entry_id(l.to.type, l.to.index);
}

std::string print_parse(const Document& doc, size_t sentences_before) {
  std::string out;
  for (size_t i = 0; i < doc.sentences.size() && i < doc.trees.size(); ++i) {
    const Sentence& sentence = doc.sentences[i];
    const Tree& tree = doc.trees[i];
    std::string line(text_of(doc.article.text, sentence.span));
    std::replace(line.begin(), line.end(), '\n', ' ');
    out += "# sent_id = " + std::to_string(sentences_before + i + 1) + "\n# text = " + line + "\n";
    size_t multi = 0;
    const std::vector<std::string> entities = entity_brackets(tree);
    for (size_t t = 0; t < sentence.tokens.size() && t < tree.nodes.size(); ++t) {
      const Token& token = sentence.tokens[t];
      const auto glued = [&](size_t last) {
        return last + 1 < sentence.tokens.size() && sentence.tokens[last + 1].span.begin == sentence.tokens[last].span.end;
      };
      bool inside = false;
      if (multi < sentence.multiword.size()) {
        const MultiwordToken& m = sentence.multiword[multi];
        if (t == m.first) {
          const Span span{token.span.begin, sentence.tokens[m.last - 1].span.end};
          out += std::to_string(m.first + 1) + "-" + std::to_string(m.last) + "\t" + std::string(text_of(doc.article.text, span)) +
                 "\t_\t_\t_\t_\t_\t_\t_\t" + (glued(m.last - 1) ? "SpaceAfter=No" : "_") + "\n";
        }
        inside = t >= m.first && t < m.last;
        if (t + 1 == m.last) ++multi;
      }
      const Node& node = tree.nodes[t];
      std::string misc = entities[t].empty() ? "" : "Entity=" + entities[t];
      if (!inside && glued(t)) misc += misc.empty() ? "SpaceAfter=No" : "|SpaceAfter=No";
      out += std::to_string(t + 1) + "\t" + std::string(text_of(doc.article.text, token.span)) + "\t" + (node.lemma.empty() ? "_" : node.lemma) +
             "\t" + std::string(to_string(node.upos)) + "\t" + (node.xpos.empty() ? "_" : node.xpos) + "\t" +
             (node.feats.empty() ? "_" : node.feats) + "\t" + std::to_string(node.head + 1) + "\t" + std::string(to_string(node.deprel)) + "\t_\t" +
             (misc.empty() ? "_" : misc) + "\n";
    }
    out += "\n";
  }
  return out;
}

std::string print_stage(const Document& doc, std::string_view stage) {
  if (stage == "article") return print_article(doc);
  if (stage == "sentences") return lines(doc, doc.sentences);
  if (stage == "parse") return print_parse(doc);
  if (stage == "times") return lines(doc, doc.times);
  if (stage == "names") return lines(doc, doc.names.mentions);
  if (stage == "statements") return lines(doc, doc.statements);
  if (stage == "events") return lines(doc, doc.events);
  if (stage == "claims") return lines(doc, doc.claims);
  if (stage == "commitments") return lines(doc, doc.commitments);
  if (stage == "links") return lines(doc, doc.links);
  throw Error("there is no stage '" + std::string(stage) +
              "'; the stages are article, sentences, parse, times, names, statements, events, claims, commitments, links");
}

}  // namespace demarche
