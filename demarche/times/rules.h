// What this stage reads from data/: private to the stage.
#pragma once

#include "demarche/times/episodes.h"
#include "demarche/times/lexicon.h"
#include "demarche/times/times.h"

namespace demarche {

class TimeRules {
 public:
  TimeLexicon lexicon;
  EpisodeTable episodes;
};

}  // namespace demarche
