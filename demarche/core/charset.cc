#include "demarche/core/charset.h"

#include <unicode/ucnv.h>

#include <cstdint>
#include <memory>

namespace demarche {

std::string browser_charset(std::string_view label) {
  std::string name(label);
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  if (name == "iso-8859-1" || name == "latin1" || name == "iso8859-1" || name == "us-ascii" || name == "ascii" || name == "iso_8859-1" || name == "latin-1") return "windows-1252";
  if (name == "iso-8859-9") return "windows-1254";
  if (name == "tis-620" || name == "iso-8859-11") return "windows-874";
  if (name == "gb2312" || name == "gbk" || name == "gb_2312-80" || name == "x-gbk") return "gb18030";
  if (name == "shift_jis" || name == "sjis" || name == "shift-jis" || name == "x-sjis") return "windows-31j";
  if (name == "ks_c_5601-1987" || name == "euc-kr" || name == "ksc5601") return "windows-949";
  if (name == "utf8") return "utf-8";
  return name;
}

bool convert_to_utf8(std::string_view bytes, const std::string& charset, std::string& out) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> from(ucnv_open(charset.c_str(), &status), &ucnv_close);
  if (U_FAILURE(status) || bytes.size() > INT32_MAX / 4) return false;
  // Four bytes a byte hold every single- and double-byte encoding; the true length comes back.
  out.resize(bytes.size() * 3 + 16);
  int32_t size = ucnv_toAlgorithmic(UCNV_UTF8, from.get(), out.data(), static_cast<int32_t>(out.size()), bytes.data(), static_cast<int32_t>(bytes.size()), &status);
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    status = U_ZERO_ERROR;
    out.resize(static_cast<size_t>(size) + 1);
    size = ucnv_toAlgorithmic(UCNV_UTF8, from.get(), out.data(), static_cast<int32_t>(out.size()), bytes.data(), static_cast<int32_t>(bytes.size()), &status);
  }
  if (U_FAILURE(status)) return false;
  out.resize(static_cast<size_t>(size));
  return true;
}

}  // namespace demarche
