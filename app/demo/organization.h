#pragma once

#include "app/demo/task.h"

namespace demo {

namespace agentname {
inline constexpr QStringView billing = u"Billing helper";
inline constexpr QStringView sales = u"Sales outreach";
inline constexpr QStringView returns = u"Returns desk";
inline constexpr QStringView devops = u"DevOps runner";
inline constexpr QStringView onboarding = u"Onboarding guide";
inline constexpr QStringView product = u"Product Specialist";
}

/// Newest first, as the service lists them. One has no id: the contract allows that.
QList<Agent> agents();

/// An ordinary conversation with whole times: first turn a day earlier, this turn begun `minutesAgo`.
Task conversation(QStringView title, QStringView agentName, int minutesAgo);

/// Messages that wait behind the turn of the conversation with this title; one of them is somebody else's.
QList<Message> waitingMessages(QStringView title, int count, const Person &sender);

}
