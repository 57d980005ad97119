<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Error;

/** The line is not the JSON this protocol speaks. Nothing was read, nothing happened. */
final class ParseError extends \Till\ReplyError
{
}
