<?php

declare(strict_types=1);

namespace Till;

/**
 * It may have happened; the money may have moved. Repeat the same request with `$key`, or ask
 * `Client::settle`. Never start afresh.
 */
final class OutcomeUnknown extends TillError
{
}
