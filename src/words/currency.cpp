#include <algorithm>
#include <cstddef>

#include "refundkit/money.hpp"

namespace refundkit {
inline namespace v0 {
namespace {

struct CodesByExponent {
  int exponent;
  std::string_view codes;  // three letters each, sorted
};

// ISO 4217, list one: the active codes that have minor units. Codes for funds and metals that no
// payment is made in (XAU, XDR, …) are left out.
constexpr CodesByExponent iso_4217[] = {
    {0, "BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXUYIVNDVUVXAFXOFXPF"},
    {2,
     "AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCNYCOPCRCCUPCVE"
     "CZKDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGTQGYDHKDHNLHTGHUFIDRILSINRIRRJMDKESKGSKHRKPWKYD"
     "KZTLAKLBPLKRLRDLSLMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDPABPENPGKPHPPKR"
     "PLNQARRONRSDRUBSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTOPTRYTTDTWDTZSUAHUSDUYU"
     "UZSVEDVESWSTXCDXCGYERZARZMWZWG"},
    {3, "BHDIQDJODKWDLYDOMRTND"},
    {4, "CLFUYW"},
};

bool lists(std::string_view codes, std::string_view code) {
  for (std::size_t at = 0; at < codes.size(); at += 3) {
    if (codes.substr(at, 3) == code) return true;
  }
  return false;
}

char upper(char letter) {
  return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

}  // namespace

Result<Currency> Currency::parse(std::string_view code) {
  if (code.size() == 3) {
    const std::array<char, 3> letters{upper(code[0]), upper(code[1]), upper(code[2])};
    const std::string_view wanted(letters.data(), letters.size());
    for (const auto& [exponent, codes] : iso_4217) {
      if (lists(codes, wanted)) return Currency(letters, exponent);
    }
  }
  return Error{ErrorCode::invalid_request,
               "The currency is not one that ISO 4217 lists: give three letters, such as EUR.",
               {NextAction::fix_request}};
}

}  // namespace v0
}  // namespace refundkit
