#include "refundkit/http/curl_transport.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/configuration_error.hpp"
#include "http/curl_handle.hpp"
#include "http/trust.hpp"

namespace refundkit {
inline namespace v0 {
namespace {

/// libcurl's own set-up is not safe to run twice at the same time.
CURLcode start_libcurl() {
  static std::once_flag once;
  static CURLcode code = CURLE_FAILED_INIT;
  std::call_once(once, [] { code = curl_global_init(CURL_GLOBAL_DEFAULT); });
  return code;
}

/// Only what tunnels: an http or https proxy, by address, with or without credentials.
bool is_usable_proxy(const std::string& proxy) {
  struct Free {
    void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
    void operator()(char* text) const noexcept { curl_free(text); }
  };
  const std::unique_ptr<CURLU, Free> url{curl_url()};
  if (!url) throw std::bad_alloc();
  if (curl_url_set(url.get(), CURLUPART_URL, proxy.c_str(), 0) != CURLUE_OK) return false;
  char* text = nullptr;
  if (curl_url_get(url.get(), CURLUPART_SCHEME, &text, 0) != CURLUE_OK) return false;
  const std::unique_ptr<char, Free> scheme{text};
  return scheme.get() == std::string_view{"http"} || scheme.get() == std::string_view{"https"};
}

Result<void> check(const CurlTransportOptions& options) {
  if (options.connect_timeout.count() <= 0 || options.idle_timeout.count() <= 0) {
    return configuration_error("The transport's time limits must be longer than nothing.");
  }
  if (options.max_body_bytes == 0 || options.max_header_bytes == 0) {
    return configuration_error("The transport's size limits must be greater than zero.");
  }
  if (!options.proxy.empty() && !is_usable_proxy(options.proxy)) {
    return configuration_error(
        "The proxy must be an address such as http://proxy.example:3128 (http or https).");
  }
  return {};
}

/// "https://api.example.com:8443" of a longer URL. Tells connections apart, nothing more.
std::string_view origin_of(std::string_view url) {
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return url;
  return url.substr(0, url.find_first_of("/?#", scheme_end + 3));
}

}  // namespace

/// Handles that wait for their next request, each with its open connection.
class CurlTransport::Pool {
 public:
  Pool(CurlTransportOptions options, std::unique_ptr<Trust> trust)
      : options_(std::move(options)), trust_(std::move(trust)) {}

  /// The handle last used for this origin, or a new one.
  Result<std::unique_ptr<CurlHandle>> lease(std::string_view origin) {
    {
      const std::lock_guard lock{mutex_};
      const auto found = std::find_if(idle_.rbegin(), idle_.rend(),
                                      [origin](const Idle& idle) { return idle.origin == origin; });
      if (found != idle_.rend()) {
        std::unique_ptr<CurlHandle> handle = std::move(found->handle);
        idle_.erase(std::next(found).base());
        return handle;
      }
    }
    return CurlHandle::create(options_, *trust_);
  }

  /// Keeps the handle for later; above the limit the one unused for longest is closed.
  void give_back(std::string_view origin, std::unique_ptr<CurlHandle> handle) {
    Idle idle{std::string{origin}, std::move(handle)};
    Idle closed;
    const std::lock_guard lock{mutex_};
    idle_.push_back(std::move(idle));
    if (idle_.size() <= options_.max_idle_connections) return;
    closed = std::move(idle_.front());
    idle_.erase(idle_.begin());
  }

 private:
  struct Idle {
    std::string origin;
    std::unique_ptr<CurlHandle> handle;
  };

  const CurlTransportOptions options_;
  const std::unique_ptr<Trust> trust_;
  std::mutex mutex_;
  std::vector<Idle> idle_;
};

CurlTransport::CurlTransport(std::unique_ptr<Pool> pool) noexcept : pool_(std::move(pool)) {}

CurlTransport::~CurlTransport() = default;

Result<std::shared_ptr<CurlTransport>> CurlTransport::create(CurlTransportOptions options) {
  if (start_libcurl() != CURLE_OK) return configuration_error("libcurl cannot be started.");
  if (const Result<void> checked = check(options); !checked) return checked.error();
  Result<std::unique_ptr<Trust>> trust = Trust::load(options.extra_ca_file);
  if (!trust) return trust.error();
  auto pool = std::make_unique<Pool>(std::move(options), std::move(trust).value());
  // A first handle shows whether this libcurl has all that is asked of it.
  if (const auto first = pool->lease({}); !first) return first.error();
  return std::shared_ptr<CurlTransport>{new CurlTransport{std::move(pool)}};
}

TransportResult CurlTransport::send(const HttpRequest& request, const SendLimits& limits) {
  const std::string_view origin = origin_of(request.url);
  Result<std::unique_ptr<CurlHandle>> leased = pool_->lease(origin);
  if (!leased) {
    return TransportFailure{leased.error().code, Sent::nothing, leased.error().message};
  }
  std::unique_ptr<CurlHandle> handle = std::move(leased).value();
  TransportResult result = handle->send(request, limits);
  pool_->give_back(origin, std::move(handle));
  return result;
}

}  // namespace v0
}  // namespace refundkit
