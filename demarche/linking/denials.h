// Denials and what they deny: a statement that denies contradicts the statement of another speaker that says the same.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"

namespace demarche {

// Links "contradicts" from a denying statement to the one it denies: the statement near by, of another speaker, that shares most of
// its words; for "denied the charge" the accusation told just before.
std::vector<Link> link_denials(std::span<const Sentence> sentences, std::span<const Tree> trees, std::span<const Statement> statements);

}  // namespace demarche
