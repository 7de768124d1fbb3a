#pragma once

#include <string_view>
#include <vector>

#include "connection.hpp"
#include "refundkit/adapter.hpp"
#include "refundkit/providers/stripe.hpp"

namespace refundkit::stripe {

const Capabilities& stripe_capabilities();

/// Ties the flows to the interface. Thread safety: as of Adapter.
class StripeAdapter final : public Adapter {
 public:
  StripeAdapter(const Options& options, bool live);

  [[nodiscard]] const Capabilities& capabilities() const noexcept override;
  [[nodiscard]] Step<OperationResult> refund(const RefundRequest& request,
                                             const FlowContext& context) const override;
  [[nodiscard]] Step<OperationResult> void_payment(const VoidRequest& request,
                                                   const FlowContext& context) const override;
  [[nodiscard]] Step<OperationResult> reverse(const RefundRequest& request,
                                              const FlowContext& context) const override;
  [[nodiscard]] Step<OperationResult> resolve(const ResolveRequest& request,
                                              const FlowContext& context) const override;
  [[nodiscard]] Reading<PaymentSnapshot> read_payment(const PaymentId& payment) const override;
  [[nodiscard]] Reading<RefundRecord> read_refund(const PaymentId& payment,
                                                  const RefundId& refund) const override;
  [[nodiscard]] Reading<std::vector<RefundRecord>> list_refunds(
      const PaymentId& payment) const override;
  [[nodiscard]] RepeatHint repeat_hint(const HttpResponse& response) const override;
  [[nodiscard]] std::string request_id(const HttpResponse& response) const override;
  [[nodiscard]] Result<Secret> credential(std::string_view slot) const override;
  [[nodiscard]] const std::vector<std::string_view>& loggable_headers() const noexcept override;

 private:
  Connection connection_;
  Secret secret_key_;
  const Capabilities& capabilities_;
};

}  // namespace refundkit::stripe
