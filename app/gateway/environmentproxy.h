#pragma once

#include "app/gateway/network.h"

#include <QProcessEnvironment>

#include <optional>

/// The proxy that the environment names for an address, as curl, wget and most programs read it: `https_proxy` or
/// `http_proxy` by the address's scheme, else `all_proxy`, for https at last `http_proxy`; none for the hosts of
/// `no_proxy`. In small letters before capitals. Nothing where the environment says nothing.
///
/// Read here and not left to Qt, which asks libproxy or reads by itself, as it was built: neither knows `all_proxy`,
/// capitals or addresses in `no_proxy`, and what has no scheme, or one that Qt cannot use, is passed over without a
/// word, so that requests went directly. For any thread.
std::optional<FoundProxies> environmentProxy(const QUrl &address, const QProcessEnvironment &environment);
