#pragma once

#include "app/types/failure.h"

#include <tl/expected.hpp>

#include <functional>

/// A value, or why there is none.
template <class T> using Result = tl::expected<T, Failure>;

/// What an asker is told. Called exactly once, never before the asking call has returned, and never after the
/// asker is gone.
template <class T> using Answer = std::function<void(const Result<T> &)>;

/// The value of an answer that says only "it worked".
struct Done {
    bool operator==(const Done &) const = default;
};
