<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

/** Every family but those with streams, which are written by hand. */
abstract class Families
{
    public readonly AuditMethods $audit;
    public readonly BatchMethods $batch;
    public readonly CaseMethods $case;
    public readonly DeliveryMethods $delivery;
    public readonly DiscrepancyMethods $discrepancy;
    public readonly DisputeMethods $dispute;
    public readonly GatewayMethods $gateway;
    public readonly HookMethods $hook;
    public readonly KeyMethods $key;
    public readonly LedgerMethods $ledger;
    public readonly NotificationMethods $notification;
    public readonly OrderMethods $order;
    public readonly PaymentMethods $payment;
    public readonly PollMethods $poll;
    public readonly ProtocolMethods $protocol;
    public readonly ReconMethods $recon;
    public readonly RefundMethods $refund;
    public readonly RuleMethods $rule;
    public readonly SandboxMethods $sandbox;
    public readonly ServerMethods $server;
    public readonly StatementMethods $statement;

    /** @param \Closure(string, array<string, mixed>): array<string, mixed> $call */
    protected function __construct(\Closure $call)
    {
        $this->audit = new AuditMethods($call);
        $this->batch = new BatchMethods($call);
        $this->case = new CaseMethods($call);
        $this->delivery = new DeliveryMethods($call);
        $this->discrepancy = new DiscrepancyMethods($call);
        $this->dispute = new DisputeMethods($call);
        $this->gateway = new GatewayMethods($call);
        $this->hook = new HookMethods($call);
        $this->key = new KeyMethods($call);
        $this->ledger = new LedgerMethods($call);
        $this->notification = new NotificationMethods($call);
        $this->order = new OrderMethods($call);
        $this->payment = new PaymentMethods($call);
        $this->poll = new PollMethods($call);
        $this->protocol = new ProtocolMethods($call);
        $this->recon = new ReconMethods($call);
        $this->refund = new RefundMethods($call);
        $this->rule = new RuleMethods($call);
        $this->sandbox = new SandboxMethods($call);
        $this->server = new ServerMethods($call);
        $this->statement = new StatementMethods($call);
    }
}
