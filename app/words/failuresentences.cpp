#include "app/words/failuresentences.h"

#include <QtGlobal>

#include <iterator>

#define WORDS(text) QT_TRANSLATE_NOOP("Failures", text)

namespace {

using enum FailureKind;

constexpr const char *readAgain = WORDS("It is read again at the next refresh.");
constexpr const char *checkNetwork =
    WORDS("Check the network and the base address. Reading is tried again at the next refresh.");
constexpr const char *checkBase = WORDS("Check the network and the base address, then try again.");
constexpr const char *stopAfterNetwork = WORDS("Check the network and the base address, then stop it again.");
constexpr const char *checkConnection =
    WORDS("Check the base address of the connection. A sign-in page or a proxy may stand in front of it.");
constexpr const char *checkThenStop = WORDS("Check the conversation, then stop it again if it still runs.");
constexpr const char *tryLater = WORDS("Wait a moment, then try again.");
constexpr const char *trust =
    WORDS("Nothing is sent over it. Check the base address, or choose the service's certificate authority in the connection.");
constexpr const char *validDate =
    WORDS("Nothing is sent over it. Set this computer's clock if it is wrong; otherwise ask who runs the service for a "
          "certificate that is valid.");
constexpr const char *followsNothing =
    WORDS("Stopdesk takes its key to no other address. Check the base address of the connection.");
constexpr const char *plan = WORDS("Waiting does not help. Ask the person who looks after the plan.");
constexpr const char *safeAddress = WORDS("Use https in the base address, or accept http in the connection.");
constexpr const char *useSession =
    WORDS("Use the key for this session, or install a keychain such as GNOME Keyring or KWallet.");
constexpr const char *unlock = WORDS("Unlock it and try again, or use the key for this session.");
constexpr const char *prompt = WORDS("Look for its window and answer it, or use the key for this session.");
constexpr const char *restart =
    WORDS("Answer its window if there is one, and try again. Or use the key for this session; the keychain is asked anew "
          "after Stopdesk was started again.");
constexpr const char *allow = WORDS("Try again and allow it, or use the key for this session.");
constexpr const char *keychain = WORDS("Try again, or use the key for this session.");
constexpr const char *disk =
    WORDS("Depending on the cause: close Stopdesk on the other computer, make room on the disk, make the journal's folder "
          "writable, move the file away, or start Stopdesk with XDG_DATA_HOME set to a folder on another disk. Then try "
          "again.");

constexpr FailureSentences table[] = {
    {BadRequest, Quote::Service, WORDS("The service did not accept the request."),
     WORDS("The service did not accept this stop."),
     WORDS("Look at the technical details, then stop it again or give the engineers the request id."),
     WORDS("What was read before stays. Give the engineers the request id if this goes on."),
     WORDS("Check the base address and the kind of key.")},
    {KeyRefused, Quote::Service, WORDS("The service does not accept the key of this connection."), nullptr,
     WORDS("Enter a key that works, then stop it again."), WORDS("Enter a key that works."),
     WORDS("Check the key, and whether it is an API key or a bearer token.")},
    {Forbidden, Quote::Service, WORDS("This key is not allowed to do this."),
     WORDS("This key is not allowed to stop conversations of this agent."),
     WORDS("Use a connection with a key that is, or ask an administrator of the organization."),
     WORDS("Use a connection with a key that is, or ask an administrator of the organization."),
     WORDS("Use another key, or ask an administrator of the organization.")},
    {NotFound, Quote::Service, WORDS("The service does not know what was asked for."),
     WORDS("The service does not know this conversation of this agent."),
     WORDS("Check the agent and the conversation, and refresh the list."),
     WORDS("Refresh the list. If this goes on, check the base address of the connection."),
     WORDS("Check the base address and its path.")},
    {Conflict, Quote::Service, WORDS("The state of things at the service does not allow this just now."),
     WORDS("The service does not stop this conversation in the state it is in just now."), checkThenStop, readAgain,
     tryLater},
    {Invalid, Quote::Service, WORDS("The service did not understand a part of the request."),
     WORDS("The service did not understand a part of this stop."),
     WORDS("Correct what the service names, then stop it again, or give the engineers the request id."),
     WORDS("Choose the agent or the conversation again. Give the engineers the request id if this goes on."),
     WORDS("Correct what the service names, then try again.")},
    {TooMany, Quote::No, WORDS("There were too many requests in a short time."), nullptr,
     WORDS("Stop it again in a minute."), WORDS("Reading goes on by itself, more slowly."),
     WORDS("Wait a minute, then try again.")},
    {PlanLimit, Quote::Service, WORDS("The plan of this organization at the service is used up."), nullptr, plan,
     plan, plan},
    {ServerTimeout, Quote::Service, WORDS("The service itself took too long over the request."),
     WORDS("The service itself took too long over this stop."), checkThenStop, readAgain, tryLater},
    {ServerError, Quote::Service, WORDS("Something failed inside the service."),
     WORDS("Something failed inside the service while it handled this stop."), checkThenStop, readAgain, tryLater},
    {Redirected, Quote::Inside, WORDS("The service points to another address: %1."), nullptr, followsNothing,
     followsNothing, followsNothing},
    {Unreadable, Quote::Cause, WORDS("The answer of the service cannot be read."),
     WORDS("The answer of the service to this stop cannot be read."), checkConnection, checkConnection,
     checkConnection},
    {TooLarge, Quote::No, WORDS("The answer of the service is too large."),
     WORDS("The answer of the service to this stop is too large."), checkThenStop,
     WORDS("What was read before stays. Give the engineers the request id if this goes on."),
     WORDS("Check the base address: something other than the service may stand there.")},
    {NameNotFound, Quote::No, WORDS("The name of the service's host was not found."), nullptr, stopAfterNetwork,
     checkNetwork, checkBase},
    {ConnectionRefused, Quote::No, WORDS("The service's host does not take the connection."), nullptr,
     stopAfterNetwork, checkNetwork, checkBase},
    {Unreachable, Quote::No, WORDS("There is no way to the service from this computer's network."), nullptr,
     stopAfterNetwork, checkNetwork, checkBase},
    {Tls, Quote::Cause, WORDS("The connection to the service is not secure, its certificate could not be confirmed."),
     nullptr, trust, trust, trust},
    {CertificateDate, Quote::Cause, WORDS("The certificate of the service is not valid at this time."), nullptr, validDate,
     validDate, validDate},
    {Proxy, Quote::Cause, WORDS("The proxy settings of this computer do not lead to the service."),
     nullptr,
     WORDS("Check the proxy of this computer and of the connection, then stop it again."),
     WORDS("Check the proxy of this computer and of the connection."),
     WORDS("Check the proxy of this computer, then try again.")},
    {TimedOut, Quote::No, WORDS("The service did not answer in time."),
     WORDS("The service did not answer this stop in time."), stopAfterNetwork, checkNetwork, checkBase},
    {ConnectionLost, Quote::No, WORDS("The connection broke before the whole answer was there."),
     WORDS("The connection broke before this stop was answered."), stopAfterNetwork, checkNetwork, checkBase},
    {ReadOnly, Quote::No, WORDS("This connection is read-only."), nullptr, WORDS("Use a connection that can stop."),
     WORDS("Use a connection that is not read-only."), WORDS("Say in the connection that it may stop conversations.")},
    {UnsafeId, Quote::No,
     WORDS("An id such as “.” or “..” would lead the request to another place, so it is not sent."),
     nullptr, WORDS("Check the id and enter it again."), WORDS("Choose another agent or conversation."),
     WORDS("Check the id and enter it again.")},
    {NoKey, Quote::No, WORDS("There is no key for this connection."), nullptr,
     WORDS("Enter the key, then stop it again."), WORDS("Enter the key."), WORDS("Enter the key.")},
    {Cancelled, Quote::No, WORDS("This was cancelled before it was sent."), nullptr,
     WORDS("Stop it again if it should still end."), readAgain, WORDS("Try again when you are ready.")},
    {Halted, Quote::No, WORDS("The rest was not sent, because of what happened to others of it."), nullptr,
     WORDS("Mend what is told of them, then stop it again."), readAgain, WORDS("Try again when you are ready.")},
    {Interrupted, Quote::No, WORDS("Stopdesk ended while this was under way."), nullptr,
     WORDS("Look at the conversation, and stop it again if it still runs."), readAgain,
     WORDS("Try again when you are ready.")},
    {JournalUnusable, Quote::Cause, WORDS("The journal on this computer cannot be used."), nullptr,
     WORDS("Depending on the cause: close Stopdesk on the other computer, make room on the disk, make the journal's folder "
           "writable, or start Stopdesk with XDG_DATA_HOME set to a folder on another disk. Or stop it again: the question "
           "then offers to stop without a record."),
     disk, disk},
    {UnsafeAddress, Quote::No, WORDS("The key would travel readable to this address, so nothing is sent."), nullptr,
     safeAddress, safeAddress, safeAddress},
    {KeychainMissing, Quote::No, WORDS("There is no keychain on this computer."), nullptr, useSession, useSession,
     useSession},
    {KeychainLocked, Quote::No, WORDS("The keychain is locked."), nullptr, unlock, unlock, unlock},
    {KeychainSilent, Quote::No, WORDS("The keychain does not answer."), nullptr, prompt, prompt, prompt},
    {KeychainBusy, Quote::No,
     WORDS("The keychain has not answered an earlier request, and takes no other before it has."), nullptr, restart,
     restart, restart},
    {KeychainRefused, Quote::No, WORDS("Stopdesk was not allowed to use the keychain."), nullptr, allow, allow, allow},
    {KeychainFailed, Quote::Cause, WORDS("The keychain could not do what was asked."), nullptr, keychain, keychain,
     keychain},
};

constexpr FailureSentences withWait = {
    TooMany, Quote::No, WORDS("There were too many requests in a short time."), nullptr,
    WORDS("Stop it again in %1."), WORDS("Reading goes on by itself, in %1 at the earliest."), WORDS("Try again in %1.")};

constexpr const char *leaveInterimOut =
    WORDS("Ask who runs the service to leave interim answers (early hints) out, or use a Stopdesk with a newer Qt.");
constexpr FailureSentences interim = {
    Unreadable, Quote::Inside,
    WORDS("The service, or what stands in front of it, sent an interim answer (%1) that this version of Stopdesk cannot "
          "read. The answer itself is lost."),
    nullptr, leaveInterimOut, leaveInterimOut, leaveInterimOut};

constexpr FailureSentences networkSignIn = {
    Unreachable, Quote::No,
    WORDS("The network of this computer wants somebody to sign in before it lets anything through."), nullptr,
    WORDS("Open a web page in the browser and sign in to the network there, then stop it again."),
    WORDS("Open a web page in the browser and sign in to the network there. Reading is tried again at the next refresh."),
    WORDS("Open a web page in the browser and sign in to the network there, then try again.")};

constexpr bool sentencesInOrder()
{
    for (int i = 0; i < int(std::size(table)); ++i) {
        if (int(table[i].kind) != i)
            return false;
    }
    return std::size(table) == size_t(KeychainFailed) + 1;
}
static_assert(sentencesInOrder(), "one line for each FailureKind, in its order");

}

const FailureSentences &sentencesOf(FailureKind kind, int status)
{
    if (kind == Unreachable && status == networkAsksForSignIn)
        return networkSignIn;
    if (kind == Unreadable && status >= 100 && status < 200)
        return interim;
    return table[int(kind)];
}

const FailureSentences &sentencesOfWait()
{
    return withWait;
}

#undef WORDS
