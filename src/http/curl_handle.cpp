#include "http/curl_handle.hpp"

#include <algorithm>
#include <limits>
#include <new>
#include <utility>

#include "http/configuration_error.hpp"
#include "http/failure.hpp"

namespace refundkit {
inline namespace v0 {
namespace {

/// Sets one option after the other and remembers the first that libcurl refused.
class Setup {
 public:
  explicit Setup(CURL* easy) : easy_(easy) {}

  template <class Value>
  Setup& set(CURLoption option, Value value) {
    if (code_ == CURLE_OK) code_ = curl_easy_setopt(easy_, option, value);
    return *this;
  }
  [[nodiscard]] CURLcode code() const { return code_; }

 private:
  CURL* easy_;
  CURLcode code_ = CURLE_OK;
};

long to_long(std::chrono::milliseconds span) {
  return static_cast<long>(
      std::min<std::chrono::milliseconds::rep>(span.count(), std::numeric_limits<long>::max()));
}

extern "C" {

// NOLINTNEXTLINE(readability-function-size): libcurl gives the parameters
static int on_begin(void* exchange, char*, char*, int, int) {
  return static_cast<Exchange*>(exchange)->begin() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

static std::size_t on_read(char* buffer, std::size_t size, std::size_t count, void* exchange) {
  return static_cast<Exchange*>(exchange)->give_body(buffer, size * count);
}

static std::size_t on_header(char* line, std::size_t size, std::size_t count, void* exchange) {
  const bool taken = static_cast<Exchange*>(exchange)->take_header({line, size * count});
  return taken ? size * count : 0;
}

static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* exchange) {
  const bool taken = static_cast<Exchange*>(exchange)->take_body({bytes, size * count});
  return taken ? size * count : 0;
}

static CURLcode on_tls(CURL*, void* context, void* trust) {
  static_cast<Trust*>(trust)->apply_to(static_cast<SSL_CTX*>(context));
  return CURLE_OK;
}

}  // extern "C"

/// Keeps an easy handle in its multi handle for one exchange.
class Attached {
 public:
  Attached(CURLM* multi, CURL* easy)
      : multi_(multi), easy_(easy), code_(curl_multi_add_handle(multi, easy)) {}
  Attached(const Attached&) = delete;
  Attached& operator=(const Attached&) = delete;
  ~Attached() { curl_multi_remove_handle(multi_, easy_); }
  [[nodiscard]] CURLMcode code() const { return code_; }

 private:
  CURLM* multi_;
  CURL* easy_;
  CURLMcode code_;
};

CURLcode as_easy(CURLMcode code) {
  return code == CURLM_OUT_OF_MEMORY ? CURLE_OUT_OF_MEMORY : CURLE_FAILED_INIT;
}

/// How the transfer that has just ended in `multi` ended.
CURLcode result_in(CURLM* multi) {
  int left = 0;
  const CURLMsg* message = curl_multi_info_read(multi, &left);
  return message != nullptr ? message->data.result : CURLE_FAILED_INIT;
}

}  // namespace

CurlHandle::CurlHandle(const CurlTransportOptions& options, Trust& trust)
    : options_(options), trust_(trust), multi_(curl_multi_init()), easy_(curl_easy_init()) {
  if (!multi_ || !easy_) throw std::bad_alloc();
}

Result<std::unique_ptr<CurlHandle>> CurlHandle::create(const CurlTransportOptions& options,
                                                       Trust& trust) {
  std::unique_ptr<CurlHandle> handle{new CurlHandle{options, trust}};
  CURLcode code = handle->set_lasting_options();
  if (code == CURLE_OK) code = handle->set_safety_options();
  if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (code == CURLE_OK) return handle;
  return configuration_error(std::string{"This libcurl lacks what the transport needs: "} +
                             curl_easy_strerror(code));
}

CURLcode CurlHandle::set_lasting_options() {
  // One connection a handle, so that as many stay open as handles do.
  if (curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, 1L) != CURLM_OK) {
    return CURLE_FAILED_INIT;
  }
  return Setup{easy_.get()}
      .set(CURLOPT_ERRORBUFFER, error_text_.data())
      .set(CURLOPT_NOSIGNAL, 1L)
      .set(CURLOPT_NOPROGRESS, 1L)
      .set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1))
      .set(CURLOPT_CONNECTTIMEOUT_MS, to_long(options_.connect_timeout))
      .set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options_.max_body_bytes))
      .set(CURLOPT_NOPROXY, "")  // unset, libcurl would read the environment
      .set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L)
      .set(CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE))
      .set(CURLOPT_PREREQFUNCTION, on_begin)
      .set(CURLOPT_HEADERFUNCTION, on_header)
      .set(CURLOPT_WRITEFUNCTION, on_body)
#if LIBCURL_VERSION_NUM >= 0x075700
      .set(CURLOPT_QUICK_EXIT, 1L)  // a deadline does not wait for a slow name server
#endif
      .code();
}

CURLcode CurlHandle::set_safety_options() {
  return Setup{easy_.get()}
      .set(CURLOPT_FOLLOWLOCATION, 0L)
#if LIBCURL_VERSION_NUM >= 0x075500
      .set(CURLOPT_PROTOCOLS_STR, "http,https")
#else
      .set(CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS))
#endif
      .set(CURLOPT_HTTP09_ALLOWED, 0L)
      .set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED))
      .set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2))
      .set(CURLOPT_SSL_VERIFYPEER, 1L)
      .set(CURLOPT_SSL_VERIFYHOST, 2L)
      .set(CURLOPT_CAINFO, static_cast<const char*>(nullptr))  // Trust has them
      .set(CURLOPT_CAPATH, static_cast<const char*>(nullptr))
      .set(CURLOPT_SSL_CTX_FUNCTION, on_tls)
      .set(CURLOPT_SSL_CTX_DATA, static_cast<void*>(&trust_))
      .set(CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2))
      .set(CURLOPT_PROXY_CAINFO, static_cast<const char*>(nullptr))
      .set(CURLOPT_PROXY_CAPATH, static_cast<const char*>(nullptr))
      .code();
}

Result<void> CurlHandle::take_address(const std::string& url) {
  if (address_ && url == url_) return {};
  Result<Address> parsed = Address::parse(url);
  if (!parsed) return parsed.error();
  address_.reset();
  url_ = url;
  address_.emplace(std::move(parsed).value());
  return {};
}

CURLcode CurlHandle::set_request(const HttpRequest& request, Exchange& exchange) {
  void* const target = &exchange;
  const bool once = request.delivery == Delivery::at_most_once;
  const bool bodiless_read = request.body.empty() && (request.method == HttpMethod::get ||
                                                      request.method == HttpMethod::del);
  Setup setup{easy_.get()};
  setup.set(CURLOPT_CURLU, address_->handle())
      .set(CURLOPT_PROXY, address_->plain() ? "" : options_.proxy.c_str())
      .set(CURLOPT_HTTPHEADER, headers_.head())
      .set(CURLOPT_FRESH_CONNECT, once && request.body.empty() ? 1L : 0L)
      .set(CURLOPT_PREREQDATA, target)
      .set(CURLOPT_HEADERDATA, target)
      .set(CURLOPT_WRITEDATA, target);
  if (bodiless_read) {
    setup.set(CURLOPT_HTTPGET, 1L);
  } else if (once && !request.body.empty()) {
    // Read by callback and never rewound: libcurl cannot send it a second time.
    setup.set(CURLOPT_POST, 1L)
        .set(CURLOPT_POSTFIELDS, static_cast<const char*>(nullptr))
        .set(CURLOPT_READFUNCTION, on_read)
        .set(CURLOPT_READDATA, target);
  } else {
    setup.set(CURLOPT_POST, 1L).set(CURLOPT_POSTFIELDS, request.body.c_str());
  }
  const std::string_view implied = bodiless_read ? "GET" : "POST";
  const std::string method{to_text(request.method)};
  return setup.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()))
      .set(CURLOPT_CUSTOMREQUEST, method == implied ? nullptr : method.c_str())
      .code();
}

void CurlHandle::forget_request() noexcept {
  Setup{easy_.get()}
      .set(CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr))
      .set(CURLOPT_POSTFIELDS, static_cast<const char*>(nullptr))
      .set(CURLOPT_CURLU, static_cast<CURLU*>(nullptr));
  headers_.clear();
}

CURLcode CurlHandle::perform(Exchange& exchange) {
  error_text_.front() = '\0';
  const Attached attached{multi_.get(), easy_.get()};
  if (attached.code() != CURLM_OK) return as_easy(attached.code());
  while (!exchange.must_stop()) {
    int running = 0;
    CURLMcode code = curl_multi_perform(multi_.get(), &running);
    if (code == CURLM_OK && running == 0) return result_in(multi_.get());
    if (code == CURLM_OK) {
      const auto patience = static_cast<int>(exchange.patience().count());
      code = curl_multi_poll(multi_.get(), nullptr, 0, patience, nullptr);
    }
    if (code != CURLM_OK) return as_easy(code);
  }
  return CURLE_ABORTED_BY_CALLBACK;
}

Sent CurlHandle::sent_by(const Exchange& exchange) const {
  if (exchange.started()) return Sent::maybe;
  // A proxy's CONNECT counts as a request of libcurl's, not as one of ours.
  if (!address_->plain() && !options_.proxy.empty()) return Sent::nothing;
  long request_bytes = 0;
  const CURLcode code = curl_easy_getinfo(easy_.get(), CURLINFO_REQUEST_SIZE, &request_bytes);
  return code == CURLE_OK && request_bytes == 0 ? Sent::nothing : Sent::maybe;
}

TransportResult CurlHandle::outcome_of(CURLcode code, Exchange& exchange) {
  FailedExchange failed;
  failed.code = code;
  failed.stop = exchange.stop();
  failed.sent = sent_by(exchange);
  failed.delivery = exchange.delivery();
  failed.host = address_->host();
  failed.detail = error_text_.front() != '\0' ? error_text_.data() : curl_easy_strerror(code);
  if (code != CURLE_OK || failed.stop != Stop::none) return failure_of(failed);

  long status = 0;
  if (curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status) != CURLE_OK) status = 0;
  if (!exchange.headers_complete()) {
    failed.code = CURLE_PARTIAL_FILE;
    failed.detail = "its headers have no end";
    return failure_of(failed);
  }
  if (status < 200) {
    failed.code = CURLE_WEIRD_SERVER_REPLY;
    failed.detail = "it has no final status";
    return failure_of(failed);
  }
  exchange.response().status = static_cast<int>(status);
  return std::move(exchange.response());
}

TransportFailure CurlHandle::refused(const Error& error) const {
  return {ErrorCode::configuration_error, Sent::nothing, error.message};
}

TransportResult CurlHandle::send(const HttpRequest& request, const SendLimits& limits) {
  if (const Result<void> taken = take_address(request.url); !taken) return refused(taken.error());
  if (const Result<void> filled = headers_.fill(request); !filled) return refused(filled.error());
  Exchange exchange{request, options_, limits};
  CURLcode code = set_request(request, exchange);
  if (code == CURLE_OK) code = perform(exchange);
  TransportResult result = outcome_of(code, exchange);
  forget_request();
  return result;
}

}  // namespace v0
}  // namespace refundkit
