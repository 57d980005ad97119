<?php

declare(strict_types=1);

namespace Till;

/**
 * What is at the other end does not speak this protocol. Nothing happened: this was a read, or was
 * never sent. A write that was sent is an `OutcomeUnknown`.
 */
final class ProtocolFault extends TillError
{
}
