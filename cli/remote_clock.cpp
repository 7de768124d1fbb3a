#include "remote_clock.hpp"

#include <rapidjson/document.h>

#include <chrono>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "exit_status.hpp"
#include "refundkit/http/address.hpp"
#include "refundkit/http/curl_transport.hpp"
#include "visible.hpp"

namespace refundkit::cli {
namespace {

constexpr std::chrono::seconds patience{5};

Error unusable(const std::string& url, const std::string& why) {
  return wrong_configuration("REFUNDKIT_CLOCK_URL: " + in_quotes(url) + " " + why);
}

/// Only what plain http may reach is loopback, whichever scheme is given.
bool is_loopback(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return false;
  const std::string_view scheme = url.substr(0, colon);
  if (scheme != "http" && scheme != "https") return false;
  return check_address("http" + std::string(url.substr(colon))).has_value();
}

std::optional<TimePoint> read_time(const std::string& body) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(body.data(), body.size());
  if (document.HasParseError() || !document.IsObject() || !document.HasMember("now")) {
    return std::nullopt;
  }
  const rapidjson::Value& now = document["now"];
  if (!now.IsString()) return std::nullopt;
  return from_rfc3339({now.GetString(), now.GetStringLength()});
}

}  // namespace

Result<std::shared_ptr<const Clock>> RemoteClock::create(const std::string& url,
                                                         const std::string& ca_file) {
  if (!is_loopback(url)) return unusable(url, "is not an address of this machine (loopback).");
  CurlTransportOptions options;
  options.extra_ca_file = ca_file;
  auto transport = CurlTransport::create(options);
  if (!transport) return wrong_configuration("REFUNDKIT_CA_FILE: " + transport.error().message);

  auto clock = std::make_shared<RemoteClock>(*transport, url);
  if (auto first = clock->ask(); !first) return first.error();
  return std::shared_ptr<const Clock>(std::move(clock));
}

RemoteClock::RemoteClock(std::shared_ptr<Transport> transport, std::string url)
    : transport_(std::move(transport)), url_(std::move(url)) {}

Result<TimePoint> RemoteClock::ask() const {
  HttpRequest request;
  request.url = url_;
  request.headers.push_back({"Accept", "application/json"});
  const TransportResult answer = transport_->send(request, {patience});
  if (const auto* failure = std::get_if<TransportFailure>(&answer)) {
    return unusable(url_, "does not answer: " + failure->message);
  }
  const auto& response = std::get<HttpResponse>(answer);
  const auto time = response.status == 200 ? read_time(response.body) : std::nullopt;
  if (!time)
    return unusable(url_, "answers no time: {\"now\":\"2026-11-22T09:12:33Z\"} was expected.");

  const std::lock_guard lock(mutex_);
  last_answer_ = *time;
  answered_at_ = machine_->steady_now();
  return *time;
}

TimePoint RemoteClock::now() const {
  if (const auto time = ask()) return *time;
  const std::lock_guard lock(mutex_);
  return last_answer_ +
         std::chrono::duration_cast<TimePoint::duration>(machine_->steady_now() - answered_at_);
}

Clock::Steady RemoteClock::steady_now() const { return machine_->steady_now(); }

void RemoteClock::sleep_until(Steady until, const Cancellation& cancellation) const {
  machine_->sleep_until(until, cancellation);
}

}  // namespace refundkit::cli
