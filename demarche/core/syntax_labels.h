// The label sets of the syntax stage: Universal Dependencies v2 part-of-speech tags and relations as in UD English EWT
// and GUM (https://universaldependencies.org/u/pos/, /u/dep/). Stored by name, never by number.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace demarche {

#define DEMARCHE_UPOS(ENTRY) \
  ENTRY(ADJ) ENTRY(ADP) ENTRY(ADV) ENTRY(AUX) ENTRY(CCONJ) ENTRY(DET) ENTRY(INTJ) ENTRY(NOUN) ENTRY(NUM) ENTRY(PART) ENTRY(PRON) ENTRY(PROPN) ENTRY(PUNCT) ENTRY(SCONJ) \
  ENTRY(SYM) ENTRY(VERB) ENTRY(X)

// First the identifier, then the name in CoNLL-U.
#define DEMARCHE_DEPREL(ENTRY) \
  ENTRY(acl, "acl") ENTRY(acl_relcl, "acl:relcl") ENTRY(advcl, "advcl") ENTRY(advcl_relcl, "advcl:relcl") ENTRY(advmod, "advmod") \
  ENTRY(amod, "amod") ENTRY(appos, "appos") ENTRY(aux, "aux") ENTRY(aux_pass, "aux:pass") ENTRY(case_, "case") ENTRY(cc, "cc") \
  ENTRY(cc_preconj, "cc:preconj") ENTRY(ccomp, "ccomp") ENTRY(compound, "compound") ENTRY(compound_prt, "compound:prt") \
  ENTRY(conj, "conj") ENTRY(cop, "cop") ENTRY(csubj, "csubj") ENTRY(csubj_outer, "csubj:outer") ENTRY(csubj_pass, "csubj:pass") \
  ENTRY(dep, "dep") ENTRY(det, "det") ENTRY(det_predet, "det:predet") ENTRY(discourse, "discourse") ENTRY(dislocated, "dislocated") \
  ENTRY(expl, "expl") ENTRY(fixed, "fixed") ENTRY(flat, "flat") ENTRY(goeswith, "goeswith") ENTRY(iobj, "iobj") ENTRY(list, "list") \
  ENTRY(mark, "mark") ENTRY(nmod, "nmod") ENTRY(nmod_desc, "nmod:desc") ENTRY(nmod_poss, "nmod:poss") \
  ENTRY(nmod_unmarked, "nmod:unmarked") ENTRY(nsubj, "nsubj") ENTRY(nsubj_outer, "nsubj:outer") ENTRY(nsubj_pass, "nsubj:pass") \
  ENTRY(nummod, "nummod") ENTRY(obj, "obj") ENTRY(obl, "obl") ENTRY(obl_agent, "obl:agent") ENTRY(obl_unmarked, "obl:unmarked") \
  ENTRY(orphan, "orphan") ENTRY(parataxis, "parataxis") ENTRY(punct, "punct") ENTRY(reparandum, "reparandum") ENTRY(root, "root") \
  ENTRY(vocative, "vocative") ENTRY(xcomp, "xcomp")

enum class Upos : uint8_t {
#define X_LABEL(name) name,
  DEMARCHE_UPOS(X_LABEL)
#undef X_LABEL
};

enum class Deprel : uint8_t {
#define X_LABEL(name, text) name,
  DEMARCHE_DEPREL(X_LABEL)
#undef X_LABEL
};

std::string_view to_string(Upos upos);
std::string_view to_string(Deprel deprel);
std::optional<Upos> parse_upos(std::string_view name);
// Unknown subtypes fall back to their universal part ("obl:tmod" -> obl); nothing when that is unknown too.
std::optional<Deprel> parse_deprel(std::string_view name);

}  // namespace demarche
