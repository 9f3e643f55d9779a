// The whole pipeline over any text, with its JSON: all spans inside the text, all trees trees.
#include "demarche/exports/record_json.h"
#include "demarche/pipeline/pipeline.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace demarche;
  static const Pipeline pipeline(std::string(DEMARCHE_SOURCE_DIR) + "/data");
  Page page;
  page.id = "sha256:fuzz";
  page.read_from = "fuzz";
  page.format = size % 3 == 0 ? PageFormat::html : size % 3 == 1 ? PageFormat::text : PageFormat::article;
  page.bytes.assign(reinterpret_cast<const char*>(bytes), size);
  const Document doc = pipeline.run(page);
  DEMARCHE_CHECK(doc.trees.size() == doc.sentences.size());
  (void)dump(RecordJson(doc).record(pipeline.producer()));
  return 0;
}
