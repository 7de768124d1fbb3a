#pragma once

/// Marks what a shared build of refundkit exports. Everything else is hidden.
#if defined(_WIN32)
#define REFUNDKIT_EXPORT
#else
#define REFUNDKIT_EXPORT __attribute__((visibility("default")))
#endif
