#pragma once

namespace demo {

/// What a console may order, beside reading.
enum class Order { StopConversation, StopTask, ClearQueue, DiscardMessage };

}
