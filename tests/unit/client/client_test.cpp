#include "client_fixture.hpp"

namespace refundkit {
namespace {

using ::testing::_;
using ::testing::AllOf;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::InSequence;
using ::testing::Return;
using ::testing::SizeIs;

class ClientTest : public ClientFixture {};

TEST_F(ClientTest, RefundFillsWhatEveryAnswerCarries) {
  EXPECT_CALL(*transport_, send(_, _)).WillOnce(Return(status(200)));
  RefundRequest request = refund_of("pay_1", "RMA-7");
  request.amount = Money::parse("5", "EUR").value();

  const OperationResult result = make_client().refund(request);

  EXPECT_EQ(result.operation, Operation::partial_refund);
  EXPECT_EQ(result.requested, Requested::refund);
  EXPECT_EQ(result.provider, ProviderId{"fake"});
  EXPECT_EQ(result.account, AccountName{"default"});
  EXPECT_EQ(result.payment, PaymentId{"pay_1"});
  EXPECT_EQ(result.reference, Reference{"RMA-7"});
  EXPECT_EQ(result.key,
            operation_key({ProviderId{"fake"}, AccountName{"default"}, PaymentId{"pay_1"}},
                          Operation::refund, Reference{"RMA-7"}));
  EXPECT_EQ(result.occurred_at, clock_->now());
  EXPECT_EQ(result.attempts, 1);
}

TEST_F(ClientTest, WithoutReferenceOrKeyEveryCallIsAnotherOperation) {
  EXPECT_CALL(*transport_, send(_, _)).Times(2).WillRepeatedly(Return(status(200)));
  const Client client = make_client();
  EXPECT_NE(client.refund({PaymentId{"pay_1"}}).key, client.refund({PaymentId{"pay_1"}}).key);
}

TEST_F(ClientTest, TheCallersKeyIsTheOperationsKey) {
  EXPECT_CALL(*transport_, send(rt::HasHeader("Idempotency-Key", "mine"), _))
      .WillOnce(Return(status(200)));
  RefundRequest request{PaymentId{"pay_1"}};
  request.terms.key = IdempotencyKey{"mine"};
  EXPECT_EQ(make_client().refund(request).key, IdempotencyKey{"mine"});
}

TEST_F(ClientTest, AReverseThatVoidsUsesTheVoidsKey) {
  EXPECT_CALL(*transport_, send(_, _)).Times(2).WillRepeatedly(Return(status(200)));

  const OperationResult result = make_client().reverse(refund_of("pay_1", "RMA-7"));

  EXPECT_EQ(result.operation, Operation::void_payment);
  EXPECT_EQ(result.requested, Requested::reverse);
  EXPECT_EQ(result.key,
            operation_key({ProviderId{"fake"}, AccountName{"default"}, PaymentId{"pay_1"}},
                          Operation::void_payment, Reference{"RMA-7"}));
}

TEST_F(ClientTest, AHostileIdIsRefusedAndNothingIsSent) {
  const Client client = make_client();
  for (const auto* id : {"", "../../v1/charges", "pay\r\nHost: evil"}) {
    const OperationResult result = client.refund({PaymentId{id}});
    EXPECT_THAT(result, rt::EndsAs(Outcome::failed, ErrorCode::invalid_request)) << id;
    EXPECT_THAT(result, rt::Advises(NextAction::fix_request));
    EXPECT_EQ(result.attempts, 0);
    EXPECT_THAT(client.query(PaymentId{id}),
                rt::EndsAs(Outcome::failed, ErrorCode::invalid_request));
    EXPECT_THAT(client.void_payment({PaymentId{id}}),
                rt::EndsAs(Outcome::failed, ErrorCode::invalid_request));
    EXPECT_THAT(client.query_refund(PaymentId{"pay_1"}, RefundId{id}),
                rt::EndsAs(Outcome::failed, ErrorCode::invalid_request));
  }
}

TEST_F(ClientTest, CredentialsAreInTheBytesThatAreSentAndNowhereBefore) {
  const auto gate = std::make_shared<::testing::StrictMock<rt::MockGate>>();
  options_.gate = gate;
  const InSequence order;
  EXPECT_CALL(*gate, admit(Field(&PreparedRequest::request,
                                 AllOf(rt::HasHeader("Authorization", "Bearer "),
                                       Field(&HttpRequest::body, "payment=pay_1&secret=")))))
      .WillOnce(Return(std::nullopt));
  EXPECT_CALL(*transport_, send(AllOf(rt::HasHeader("Authorization", "Bearer fake-token"),
                                      Field(&HttpRequest::body, "payment=pay_1&secret=fake-token")),
                                _))
      .WillOnce(Return(status(200)));

  EXPECT_THAT(make_client().refund(refund_of("pay_1")), rt::EndsAs(Outcome::succeeded));
}

TEST_F(ClientTest, TheGatesNoEndsItBeforeAByteIsSent) {
  const auto gate = std::make_shared<::testing::StrictMock<rt::MockGate>>();
  options_.gate = gate;
  EXPECT_CALL(*gate, admit(_))
      .WillOnce(Return(Error{ErrorCode::policy_denied, "Not more than 10 EUR."}));

  const OperationResult result = make_client().refund(refund_of("pay_1"));

  EXPECT_THAT(result, rt::EndsAs(Outcome::failed, ErrorCode::policy_denied));
  EXPECT_THAT(result, rt::SentNothing());
  EXPECT_EQ(result.attempts, 0);
}

TEST_F(ClientTest, TheGateIsAskedOnceForRepeatsOfTheSameBytes) {
  const auto gate = std::make_shared<::testing::StrictMock<rt::MockGate>>();
  options_.gate = gate;
  EXPECT_CALL(*gate, admit(_)).WillOnce(Return(std::nullopt));
  EXPECT_CALL(*transport_, send(_, _)).WillOnce(Return(lost())).WillOnce(Return(status(200)));

  EXPECT_THAT(make_client().refund(refund_of("pay_1")), rt::EndsAs(Outcome::succeeded));
}

TEST_F(ClientTest, AQueryWithoutAnAnswerIsFailedAndSentNothingThatMovesMoney) {
  EXPECT_CALL(*transport_, send(_, _)).Times(3).WillRepeatedly(Return(lost()));

  const OperationResult result = make_client().query(PaymentId{"pay_1"});

  EXPECT_THAT(result, rt::EndsAs(Outcome::failed, ErrorCode::timeout));
  EXPECT_THAT(result, rt::SentNothing());
  EXPECT_EQ(result.attempts, 0);
}

TEST_F(ClientTest, RefundsAreToldOneResultEach) {
  EXPECT_CALL(*transport_, send(_, _)).WillOnce(Return(status(200)));

  const auto results = make_client().refunds(PaymentId{"pay_1"});

  ASSERT_THAT(results, SizeIs(2));
  EXPECT_THAT(results[0], rt::EndsAs(Outcome::succeeded));
  EXPECT_EQ(results[0].refund, RefundId{"refund_2"});
  EXPECT_THAT(results[0].amount, rt::IsMoney("5.00 EUR"));
}

/// Reads the payment unless it is told, and says what it was told.
class ReadingAdapter : public rt::FakeAdapter {
 public:
  [[nodiscard]] Step<OperationResult> refund(const RefundRequest& request,
                                             const FlowContext& context) const override {
    if (request.snapshot) return rt::FakeAdapter::refund(request, context);
    return then<OperationResult>(
        read_payment(request.payment),
        [=](const Result<PaymentSnapshot>&) { return rt::FakeAdapter::refund(request, context); });
  }
};

class ClientSnapshotTest : public ClientFixture {
 protected:
  ClientSnapshotTest() { adapter_ = std::make_unique<ReadingAdapter>(); }

  /// Requests that a refund with a snapshot sends, `later` after it was read.
  int requests_for(RefundRequest request, std::chrono::seconds later) {
    int requests = 0;
    EXPECT_CALL(*transport_, send(_, _))
        .WillRepeatedly([&requests](const HttpRequest&, const SendLimits&) {
          ++requests;
          return TransportResult(status(200));
        });
    const Client client = make_client();
    request.snapshot = client.read_payment(PaymentId{"pay_1"}).value();
    clock_->advance(later);
    requests = 0;
    EXPECT_THAT(client.refund(request), rt::EndsAs(Outcome::succeeded));
    return requests;
  }
};

TEST_F(ClientSnapshotTest, AFreshOneSavesTheReadingUnderAReference) {
  EXPECT_EQ(requests_for(refund_of("pay_1"), std::chrono::seconds(60)), 1);
}

TEST_F(ClientSnapshotTest, AnOldOneIsReadAnew) {
  EXPECT_EQ(requests_for(refund_of("pay_1"), std::chrono::seconds(61)), 2);
}

TEST_F(ClientSnapshotTest, WithoutAKeyItIsReadAnewBecauseItMayHideAnEqualRefund) {
  EXPECT_EQ(requests_for({PaymentId{"pay_1"}}, std::chrono::seconds(0)), 2);
}

TEST_F(ClientTest, OptionsThatCannotWorkAreRefused) {
  options_.clock = nullptr;
  EXPECT_THAT(Client::create(std::make_unique<rt::FakeAdapter>(), transport_, options_),
              rt::FailsWith(ErrorCode::configuration_error));
  ClientOptions negative;
  negative.retries = -1;
  EXPECT_THAT(Client::create(std::make_unique<rt::FakeAdapter>(), transport_, negative),
              rt::FailsWith(ErrorCode::configuration_error));
  ClientOptions endless;
  endless.timeout = (std::chrono::milliseconds::max)();
  EXPECT_THAT(Client::create(std::make_unique<rt::FakeAdapter>(), transport_, endless),
              rt::FailsWith(ErrorCode::configuration_error));
  EXPECT_THAT(Client::create(nullptr, transport_, {}),
              rt::FailsWith(ErrorCode::configuration_error));
}

}  // namespace
}  // namespace refundkit
