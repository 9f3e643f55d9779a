// Runs demarche/*/cases/*.txt through the pipeline and compares what the stage prints with what the case expects.
//
//   cases_test [--update] [FILE...]      without files: all; exit code 1 when a case fails
//
// A case: "== title", header lines ("published: 2017-07-05", "stage: events"), the text up to "---", then the expected
// lines, up to the next "== ". The stage is that of the folder unless the header names one. Without a mark the printed
// lines must be just these; a first line "+" asks only that these be among them; a line "! X" must not be among them.
// Runs of blanks count as one. --update writes the printed lines in place of the expected ones of cases without marks.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "demarche/core/print.h"
#include "demarche/pipeline/pipeline.h"

namespace {

using namespace demarche;

struct Case {
  std::string title, stage, text;
  std::optional<Day> published;
  std::vector<std::string> expected;
  std::string head;  // all before the expected lines, as it stood
};

std::string squeeze(std::string_view line) {
  std::string out;
  for (const char c : line) {
    if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
    out += c;
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '\r')) out.pop_back();
  return out;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

std::vector<Case> parse_cases(const std::filesystem::path& file, std::string& preamble) {
  std::ifstream in(file);
  std::vector<Case> cases;
  enum { header, text, answer } part = header;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("== ", 0) == 0) {
      cases.emplace_back();
      cases.back().title = line.substr(3);
      cases.back().stage = file.parent_path().parent_path().filename().string();
      cases.back().head = line + "\n";
      part = header;
      continue;
    }
    if (cases.empty()) {
      preamble += line + "\n";
      continue;
    }
    Case& one = cases.back();
    if (part != answer) one.head += line + "\n";
    if (part == header && line.rfind("published: ", 0) == 0) {
      one.published = parse_day(line.substr(11));
      if (!one.published) throw Error(file.string() + ": '" + line + "' is no day");
    } else if (part == header && line.rfind("stage: ", 0) == 0) {
      one.stage = line.substr(7);
    } else if (part != answer && line == "---") {
      part = answer;
    } else if (part == answer) {
      if (!squeeze(line).empty()) one.expected.push_back(line);
    } else {
      part = text;
      one.text += line + "\n";
    }
  }
  for (Case& one : cases)
    while (!one.text.empty() && one.text.back() == '\n') one.text.pop_back();
  return cases;
}

std::string stage_name(const std::string& folder) {
  if (folder == "text") return "sentences";
  if (folder == "syntax") return "parse";
  if (folder == "linking") return "links";
  return folder;
}

// Empty when the case holds, else what is wrong.
std::string check(const Case& one, const std::vector<std::string>& printed) {
  std::vector<std::string> got;
  for (const std::string& line : printed) got.push_back(squeeze(line));
  const auto has = [&](const std::string& line) { return std::find(got.begin(), got.end(), line) != got.end(); };
  bool subset = false;
  std::vector<std::string> want;
  std::string wrong;
  for (const std::string& raw : one.expected) {
    const std::string line = squeeze(raw);
    if (line == "+") {
      subset = true;
    } else if (line.rfind("! ", 0) == 0) {
      if (has(line.substr(2))) wrong += "  must not be there: " + line.substr(2) + "\n";
    } else {
      want.push_back(line);
    }
  }
  for (const std::string& line : want)
    if (!has(line)) wrong += "  missing: " + line + "\n";
  if (!subset)
    for (const std::string& line : got)
      if (!line.empty() && std::find(want.begin(), want.end(), line) == want.end()) wrong += "  extra:   " + line + "\n";
  return wrong;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> files;
  bool update = false;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--update")
      update = true;
    else
      files.emplace_back(argv[i]);
  }
  const std::filesystem::path root = DEMARCHE_SOURCE_DIR;
  if (files.empty())
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "demarche"))
      if (entry.path().extension() == ".txt" && entry.path().parent_path().filename() == "cases") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  const Pipeline pipeline(root / "data");
  int passed = 0, failed = 0;
  for (const auto& file : files) {
    std::string preamble;
    const std::vector<Case> cases = parse_cases(file, preamble);
    std::string rewritten = preamble;
    for (const Case& one : cases) {
      Page page;
      page.read_from = one.title;
      page.id = "sha256:case";
      page.format = PageFormat::article;
      page.bytes = one.text;
      page.given_date = one.published;
      const std::vector<std::string> printed = lines_of(print_stage(pipeline.run(page), stage_name(one.stage)));
      const std::string wrong = check(one, printed);
      if (wrong.empty()) {
        ++passed;
      } else {
        ++failed;
        std::cout << std::filesystem::relative(file, root).string() << ": " << one.title << "\n" << wrong;
      }
      rewritten += one.head;
      const bool marked = std::any_of(one.expected.begin(), one.expected.end(), [](const std::string& l) { return l == "+" || l.rfind("! ", 0) == 0; });
      for (const std::string& line : marked ? one.expected : printed) rewritten += line + "\n";
      rewritten += "\n";
    }
    if (update) std::ofstream(file) << rewritten;
  }
  std::cout << passed << " passed, " << failed << " failed\n";
  return failed > 0 && !update ? 1 : 0;
}
