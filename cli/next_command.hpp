#pragma once

#include <string>

#include "asked.hpp"
#include "refundkit/operation_result.hpp"

namespace refundkit::cli {

/// Commands to type next, each on a line of its own; empty where an id cannot be shown whole.
/// They keep what was typed: account, settings file, terms.
///
/// `name` is the command's name, with what is its own after the payment ("--amount 12.50 …").
std::string payment_command(const std::string& name, const OperationResult& result,
                            const Asked& asked, const std::string& own = {});
/// Reads the refund, or the payment where no refund is known.
std::string query_command(const OperationResult& result, const Asked& asked);
/// Asks what became of the operation.
std::string resolve_command(const OperationResult& result, const Asked& asked);
/// The void again, under its own key.
std::string void_again_command(const OperationResult& result, const Asked& asked);
/// Does what a plan advises, under the terms that were typed.
std::string planned_command(const OperationResult& result, const Asked& asked);

}  // namespace refundkit::cli
