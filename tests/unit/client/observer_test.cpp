#include <vector>

#include "client_fixture.hpp"

namespace refundkit {
namespace {

using ::testing::_;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Return;
using ::testing::SizeIs;

class ClientObserverTest : public ClientFixture {
 protected:
  ClientObserverTest() { options_.observer = observer_; }
  std::shared_ptr<::testing::NiceMock<rt::MockObserver>> observer_ =
      std::make_shared<::testing::NiceMock<rt::MockObserver>>();
};

TEST_F(ClientObserverTest, SeesEachExchangeWithoutQueryBodyOrHiddenHeaders) {
  std::vector<ExchangeEvent> events;
  EXPECT_CALL(*observer_, on_exchange(_)).WillRepeatedly([&](const ExchangeEvent& event) {
    events.push_back(event);
  });
  EXPECT_CALL(*transport_, send(_, _))
      .Times(2)
      .WillRepeatedly(Return(status(200, {{"x-request-id", "req_1"}, {"Set-Cookie", "secret"}})));

  EXPECT_THAT(make_client().reverse(refund_of("pay_1")), rt::EndsAs(Outcome::succeeded));

  ASSERT_THAT(events, SizeIs(2));
  EXPECT_EQ(events[0].address, "https://fake.test/payments/pay_1");
  EXPECT_FALSE(events[0].moves_money);
  EXPECT_TRUE(events[1].moves_money);
  EXPECT_EQ(events[1].operation, Operation::void_payment);
  EXPECT_EQ(events[1].status, 200);
  ASSERT_THAT(events[1].headers, SizeIs(1));
  EXPECT_EQ(events[1].headers[0].value, "req_1");
}

TEST_F(ClientObserverTest, SeesRepeatsAndTheResult) {
  EXPECT_CALL(*transport_, send(_, _))
      .WillOnce(Return(not_connected()))
      .WillOnce(Return(status(200)));
  EXPECT_CALL(*observer_, on_repeat(_)).WillOnce([](const RepeatEvent& event) {
    EXPECT_EQ(event.next_attempt, 2);
    EXPECT_EQ(event.pause, std::chrono::milliseconds(500));
  });
  EXPECT_CALL(*observer_, on_result(rt::EndsAs(Outcome::succeeded)));

  EXPECT_THAT(make_client().refund(refund_of("pay_1")), rt::EndsAs(Outcome::succeeded));
}

}  // namespace
}  // namespace refundkit
