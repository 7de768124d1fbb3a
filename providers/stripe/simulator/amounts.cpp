#include "amounts.hpp"

#include "refundkit/simulation/decimal.hpp"

namespace refundkit::simulation::stripe {
namespace {

constexpr std::string_view all_currencies =
    " AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN"
    " BZD CAD CDF CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD"
    " GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK"
    " LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD"
    " OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE SOS SRD STD"
    " SZL THB TJS TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XOF XPF YER ZAR"
    " ZMW ";
constexpr std::string_view without_decimals =
    " BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF ";
constexpr std::string_view with_three_decimals = " BHD JOD KWD OMR TND ";
constexpr std::string_view with_empty_decimals = " ISK UGX ";

bool is_in(std::string_view list, std::string_view currency) {
  if (currency.size() != 3) return false;
  return list.find(" " + std::string(currency) + " ") != std::string_view::npos;
}

int decimals(std::string_view currency) {
  if (is_in(without_decimals, currency) || is_in(with_empty_decimals, currency)) return 0;
  return is_in(with_three_decimals, currency) ? 3 : 2;
}

std::string_view sign_of(std::string_view currency) {
  if (currency == "USD") return "$";
  if (currency == "EUR") return "€";
  if (currency == "GBP") return "£";
  if (currency == "JPY") return "¥";
  return {};
}

}  // namespace

bool takes_currency(std::string_view currency) { return is_in(all_currencies, currency); }

std::int64_t smallest_step(std::string_view currency) {
  if (is_in(with_empty_decimals, currency)) return 100;
  return is_in(with_three_decimals, currency) ? 10 : 1;
}

std::optional<std::int64_t> units_of(std::string_view text, std::string_view currency) {
  const int places = is_in(with_empty_decimals, currency) ? 2 : decimals(currency);
  const auto units = parse_decimal(text, places);
  if (!units || *units % smallest_step(currency) != 0) return std::nullopt;
  return units;
}

std::string amount_text(std::int64_t units, std::string_view currency) {
  const std::int64_t scale = is_in(with_empty_decimals, currency) ? 100 : 1;
  return decimal_text(units / scale, decimals(currency));
}

std::string amount_in_message(std::int64_t units, std::string_view currency) {
  const std::string text = amount_text(units, currency);
  const std::string_view sign = sign_of(currency);
  return sign.empty() ? text + " " + std::string(currency) : std::string(sign) + text;
}

}  // namespace refundkit::simulation::stripe
