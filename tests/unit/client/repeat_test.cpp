#include <vector>

#include "client_fixture.hpp"

namespace refundkit {
namespace {

using std::chrono::milliseconds;
using ::testing::_;
using ::testing::DoAll;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Return;
using ::testing::SizeIs;

class ClientRepeatTest : public ClientFixture {
 protected:
  /// Answers in turn, and remembers every request.
  void answers(std::vector<TransportResult> results) {
    EXPECT_CALL(*transport_, send(_, _))
        .Times(static_cast<int>(results.size()))
        .WillRepeatedly([this, results](const HttpRequest& request, const SendLimits&) {
          requests_.push_back(request);
          return results[requests_.size() - 1];
        });
  }
  static RepeatHint same_key(bool not_executed) {
    return {RepeatHint::Advice::repeat_same_key, not_executed};
  }

  std::vector<HttpRequest> requests_;
};

TEST_F(ClientRepeatTest, ALostAnswerIsRepeatedWithTheSameBytesWhereTheProviderDeduplicates) {
  answers({lost(), status(200)});

  const OperationResult result = make_client().refund(refund_of("pay_1"));

  EXPECT_THAT(result, rt::EndsAs(Outcome::succeeded));
  EXPECT_TRUE(result.sent);
  EXPECT_EQ(result.attempts, 2);
  ASSERT_THAT(requests_, SizeIs(2));
  EXPECT_EQ(requests_[0].body, requests_[1].body);
  EXPECT_EQ(*find_header(requests_[0].headers, "Idempotency-Key"),
            *find_header(requests_[1].headers, "Idempotency-Key"));
}

TEST_F(ClientRepeatTest, ALostAnswerIsNeverRepeatedWhereTheProviderKeepsNoKeys) {
  adapter_->deduplicates(false);
  answers({lost()});

  const OperationResult result = make_client().refund(refund_of("pay_1"));

  EXPECT_THAT(result, rt::EndsAs(Outcome::unknown, ErrorCode::timeout));
  EXPECT_THAT(result, rt::Advises(NextAction::resolve));
  EXPECT_TRUE(result.sent);
  EXPECT_EQ(result.money_moved, MoneyMoved::unknown);
  EXPECT_THAT(clock_->sleeps(), IsEmpty());
}

TEST_F(ClientRepeatTest, ARefusedConnectionIsRepeatedEverywhereBecauseNothingWasSent) {
  adapter_->deduplicates(false);
  answers({not_connected(), status(200)});

  EXPECT_THAT(make_client().refund(refund_of("pay_1")), rt::EndsAs(Outcome::succeeded));
  EXPECT_THAT(clock_->sleeps(), ElementsAre(milliseconds(500)));
}

TEST_F(ClientRepeatTest, WithNoRetriesEverythingIsSentOnce) {
  options_.retries = 0;
  answers({lost()});

  EXPECT_THAT(make_client().refund(refund_of("pay_1")), rt::EndsAs(Outcome::unknown));
}

TEST_F(ClientRepeatTest, NothingEverSentIsAFailureAndNotAnUnknown) {
  answers({not_connected(), not_connected(), not_connected()});

  const OperationResult result = make_client().refund(refund_of("pay_1"));

  EXPECT_THAT(result, rt::EndsAs(Outcome::failed, ErrorCode::network_error));
  EXPECT_THAT(result, rt::SentNothing());
  EXPECT_EQ(result.attempts, 3);
}

TEST_F(ClientRepeatTest, ARefusedRepeatDoesNotMakeTheLostFirstTryUndone) {
  answers({lost(), not_connected(), not_connected()});

  const OperationResult result = make_client().refund(refund_of("pay_1"));

  EXPECT_THAT(result, rt::EndsAs(Outcome::unknown));
  EXPECT_TRUE(result.sent);
}

TEST_F(ClientRepeatTest, ARefusalOfARepeatSaysNothingOfTheLostFirstTry) {
  answers({lost(), status(400)});

  EXPECT_THAT(make_client().refund(refund_of("pay_1")), rt::EndsAs(Outcome::unknown));
}

TEST_F(ClientRepeatTest, ARefusalAfterARateLimitIsDefiniteBecauseThatTryWasNotExecuted) {
  adapter_->hint(same_key(true));
  options_.retries = 1;
  answers({status(429), status(400)});

  EXPECT_THAT(make_client().refund(refund_of("pay_1")),
              rt::EndsAs(Outcome::failed, ErrorCode::declined));
}

TEST_F(ClientRepeatTest, RetryAfterIsObeyedInBothForms) {
  adapter_->hint(same_key(true));
  answers({status(429, {{"retry-after", "7"}}),
           status(429, {{"Retry-After", "Sat, 01 Aug 2026 16:00:20 GMT"}}), status(200)});

  EXPECT_THAT(make_client().refund(refund_of("pay_1")), rt::EndsAs(Outcome::succeeded));
  EXPECT_THAT(clock_->sleeps(), ElementsAre(milliseconds(7'000), milliseconds(13'000)));
}

TEST_F(ClientRepeatTest, APauseBeyondTheDeadlineIsNotMadeAndItsEndIsTold) {
  adapter_->hint(same_key(true));
  answers({status(429, {{"Retry-After", "3600"}})});

  const OperationResult result = make_client().refund(refund_of("pay_1"));

  EXPECT_THAT(clock_->sleeps(), IsEmpty());
  EXPECT_EQ(result.next_step.at, clock_->now() + std::chrono::hours(1));
}

TEST_F(ClientRepeatTest, WithNoRetriesTheProvidersTimeToComeBackIsToldToo) {
  adapter_->hint(same_key(true));
  options_.retries = 0;
  answers({status(429, {{"Retry-After", "30"}})});

  EXPECT_EQ(make_client().refund(refund_of("pay_1")).next_step.at,
            clock_->now() + std::chrono::seconds(30));
}

TEST_F(ClientRepeatTest, CancellingInThePauseKeepsTheAnswerAtHand) {
  adapter_->hint(same_key(true));
  const Cancellation cancellation;
  EXPECT_CALL(*transport_, send(_, _)).WillOnce([&](const HttpRequest&, const SendLimits&) {
    cancellation.cancel();
    return TransportResult(status(429, {{"Retry-After", "30"}}));
  });

  const OperationResult result = make_client().refund(refund_of("pay_1"), cancellation);
  EXPECT_THAT(result, rt::Advises(NextAction::retry_later));
  EXPECT_EQ(result.attempts, 1);
}

TEST_F(ClientRepeatTest, TheWholeOperationHasOneDeadline) {
  options_.timeout = milliseconds(10'000);
  options_.retries = 1'000;
  EXPECT_CALL(*transport_, send(_, _))
      .WillRepeatedly([this](const HttpRequest&, const SendLimits&) {
        clock_->advance(milliseconds(3'000));
        return TransportResult(not_connected());
      });
  const auto begun = clock_->steady_now();

  EXPECT_THAT(make_client().refund(refund_of("pay_1")), rt::EndsAs(Outcome::failed));
  EXPECT_LE(clock_->steady_now() - begun, milliseconds(12'000));
}

TEST_F(ClientRepeatTest, ThePauseIsDoubledAndNeverLongerThanTheOptionsSay) {
  options_.retries = 5;
  options_.longest_pause = milliseconds(2'000);
  answers({not_connected(), not_connected(), not_connected(), not_connected(), not_connected(),
           status(200)});

  EXPECT_THAT(make_client().refund(refund_of("pay_1")), rt::EndsAs(Outcome::succeeded));
  EXPECT_THAT(clock_->sleeps(),
              ElementsAre(milliseconds(500), milliseconds(1'000), milliseconds(2'000),
                          milliseconds(2'000), milliseconds(2'000)));
}

TEST_F(ClientRepeatTest, AProvidersNoToRepeatingWins) {
  adapter_->hint({RepeatHint::Advice::do_not_repeat});
  answers({status(500)});

  EXPECT_THAT(make_client().refund(refund_of("pay_1")), rt::EndsAs(Outcome::unknown));
}

TEST_F(ClientRepeatTest, AnUntrustedCertificateIsNotTriedAgain) {
  answers({TransportFailure{ErrorCode::configuration_error, Sent::nothing, "Not trusted."}});

  const OperationResult result = make_client().refund(refund_of("pay_1"));
  EXPECT_THAT(result, rt::EndsAs(Outcome::failed, ErrorCode::configuration_error));
  EXPECT_THAT(result, rt::SentNothing());
}

TEST_F(ClientRepeatTest, CancellingBeforeTheFirstByteSendsNothing) {
  const Cancellation cancellation;
  cancellation.cancel();

  const OperationResult result = make_client().refund(refund_of("pay_1"), cancellation);
  EXPECT_THAT(result, rt::EndsAs(Outcome::failed, ErrorCode::timeout));
  EXPECT_THAT(result, rt::SentNothing());
  EXPECT_EQ(result.attempts, 0);
}

TEST_F(ClientRepeatTest, CancellingAfterALostAnswerStaysUnknown) {
  const Cancellation cancellation;
  EXPECT_CALL(*transport_, send(_, _)).WillOnce([&](const HttpRequest&, const SendLimits&) {
    cancellation.cancel();
    return TransportResult(lost());
  });

  EXPECT_THAT(make_client().refund(refund_of("pay_1"), cancellation), rt::EndsAs(Outcome::unknown));
}

TEST_F(ClientRepeatTest, OnlyMoneyMovingRequestsAreSentAtMostOnceByTheTransport) {
  answers({status(200), status(200)});

  EXPECT_THAT(make_client().reverse(refund_of("pay_1")), rt::EndsAs(Outcome::succeeded));
  ASSERT_THAT(requests_, SizeIs(2));
  EXPECT_EQ(requests_[0].delivery, Delivery::repeatable);
  EXPECT_EQ(requests_[1].delivery, Delivery::at_most_once);
}

}  // namespace
}  // namespace refundkit
