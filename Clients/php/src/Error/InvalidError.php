<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Error;

/** A parameter is missing, unknown or outside its schema. Nothing happened. */
final class InvalidError extends \Till\ReplyError
{
}
