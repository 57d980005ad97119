<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Error;

/** The gateway did not do what was asked, or nobody knows whether it did. */
final class UpstreamError extends \Till\ReplyError
{
}
