// The knowledge base of names: any bytes in any one table, shipped or laid over, give a base or an Error; and any text is read with what came of it.
#include <array>

#include "demarche/core/error.h"
#include "demarche/names/base.h"
#include "demarche/names/resolve.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace demarche;
  if (size == 0) return 0;
  names::Base::Tables tables = {{{"parties", "id\tname\taliases\tdemonyms\tcapital\tmetonyms\nJPN\tJapan\tthe island?\tJapanese\tTokyo\tKantei\n"},
                                 {"groups", "id\tname\taliases\tparty\tcountry\tsector\tkind\nun\tUnited Nations\tUN; U.N.\tUN\t\tGOV\tigo\n"},
                                 {"persons", "id\tname\taliases\twikidata\tterms\ntaro-kono\tTaro Kono\t\tQ1\tJPN|foreign_minister|2017-08-03|2019-09-11|Foreign Minister|c\n"},
                                 {"titles", "id\tsingular\tplural\tpart\tsector\tclass\npost.minister\tforeign minister\tforeign ministers\tpost\tGOV\tforeign_minister\n"},
                                 {"places", "id\tname\taliases\tcountry\tlat\tlon\tkind\nguam\tGuam\t\tGUM\t13.4\t144.8\tisland\n"},
                                 {"cities", "id\tname\tcountry\tlat\tlon\tpopulation\nosaka.jpn\tOsaka\tJPN\t34.7\t135.5\t2753\n"},
                                 {"arms", "id\tname\taliases\tkind\tparty\nthaad\tTHAAD\t\tweapon\tUSA\n"},
                                 {"given_names", "id\tgender\tformal\njim\tm\tjames\n"},
                                 {"party_traits", "id\tparties\nisland\tJPN\n"}}};
  names::Base::Tables overlays;
  const size_t which = bytes[0] % names::Base::kTables;
  const auto& [name, table] = tables[which];
  const std::string rest(reinterpret_cast<const char*>(bytes + 1), size - 1);
  (bytes[0] & 0x80 ? overlays : tables)[which] = {name + ".tsv", table.substr(0, table.find('\n') + 1) + rest};
  try {
    const names::Base base = names::Base::parse(std::move(tables), std::move(overlays));
    (void)base.holders("JPN", "foreign_minister", Day{17500});
    // The same bytes as a sentence of blank-separated tokens.
    std::vector<Sentence> sentences(1);
    for (uint32_t at = 0; at < rest.size();) {
      const uint32_t end = static_cast<uint32_t>(std::min(rest.find_first_of(" \n\t", at), rest.size()));
      if (end > at) sentences[0].tokens.push_back({{at, end}});
      at = end + 1;
    }
    if (sentences[0].tokens.empty()) return 0;
    sentences[0].span = {0, static_cast<uint32_t>(rest.size())};
    std::vector<names::SentencePhrases> phrases(1);
    phrases[0].scan = names::scan_sentence(rest, sentences[0], Tree{}, base);
    phrases[0].phrases = names::find_phrases(phrases[0].scan, base);
    std::vector<Diagnostic> diagnostics;
    const Names names = names::resolve_phrases(rest, sentences, {}, phrases, Day{17500}, base, diagnostics);
    for (const Mention& m : names.mentions) DEMARCHE_CHECK(m.span.end <= rest.size() && m.first < m.last && m.last <= sentences[0].tokens.size());
  } catch (const Error&) {
  }
  return 0;
}
