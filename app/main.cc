#include "demarche/pipeline/pipeline.h"

int main() { demarche::Pipeline pipeline(DEMARCHE_DATA_DIR); }
