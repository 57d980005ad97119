<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Error;

/** The line is JSON but not a request. Nothing happened. */
final class RequestError extends \Till\ReplyError
{
}
