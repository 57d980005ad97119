<?php

declare(strict_types=1);

namespace Till;

/** What is at the other end does not speak this protocol. */
final class ProtocolFault extends TillError
{
}
