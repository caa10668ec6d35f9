#pragma once

/// What harmless reads with a new key could see.
struct ConnectionTest {
    int agents = 0;
};
