#!/usr/bin/env python3
"""Till beside pandas, DuckDB and Polars: the same two files read, matched and named, in one go.

    swift build -c release --product till-bench
    Tests/compare/reconcile.py --rows 2000000

The files are a planted day of `till-bench reconcile --files`: a WeChat bill with commas in its
names and totals at its end, and our books, with faults of all kinds that two such files can show.
Each contender runs in a process of its own, reads the files from memory, and is held against what
was planted; the best of three rounds counts. pandas, DuckDB and Polars are installed from PyPI into
a place of their own, in the versions below.
"""

import argparse
import collections
import json
import os
import platform
import re
import resource
import sys
import time

from shared import Folder, run

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PLACE = os.path.join(ROOT, ".build-compare")
VERSIONS = {"pandas": "3.1.1", "duckdb": "2.0.0", "polars": "2.1.0", "pyarrow": "26.0.1"}
ROUNDS = 3
MERCHANT = "1921000401"
# The day in Beijing, and the hour round its ends in which rows may stand in the next bill.
DAY_MS, FROM_MS, CUT_MS = 86_400_000, 1_795_104_000_000, 3_600_000
BEIJING_MS = 8 * 3_600_000
BILL = [f"c{place}" for place in range(27)]
# Places in the bill.
TIME, SELLER, TRADE, NUMBER, STATE, MONEY = 0, 2, 5, 6, 9, 11
REFUND_TRADE, REFUND_NUMBER, REFUND_STATE, FEE, GROSS, REFUNDED = 14, 15, 19, 22, 24, 25
USED = [
    TIME, SELLER, TRADE, NUMBER, STATE, MONEY, REFUND_TRADE, REFUND_NUMBER, REFUND_STATE, FEE,
    GROSS, REFUNDED]
# What the bill says of a refund, in the words of our books.
REFUND_WORDS = {"SUCCESS": "succeeded", "PROCESSING": "pending", "FAIL": "failed"}


def plain(path):
    """A WeChat bill as a table with tabs: its fields begin with a backtick and may hold commas."""
    with open(path, "rb") as file:
        text = file.read()
    start = text.index(b"\n") + 1
    end = text.rindex("总交易单数".encode())
    return text[start:end].replace(b",`", b"\t").replace(b"`", b"")


def with_pandas(folder):
    import io
    import pandas as pd

    text = {"dtype": str, "keep_default_na": False, "engine": "c"}
    bill = pd.read_csv(
        io.BytesIO(plain(f"{folder}/bill.csv")), sep="\t", header=None, names=BILL,
        usecols=USED, quoting=3, **text)
    ours = pd.read_csv(
        f"{folder}/books.csv", dtype={"gross": "int64", "fee": "int64", "transaction": str,
                                      "reference": str}, keep_default_na=False)
    refund = bill["c9"] == "REFUND"
    cents = {c: bill[c].str.replace(".", "", regex=False).astype("int64")
             for c in ("c22", "c24", "c25")}
    their = pd.DataFrame({
        "kind": refund.map({True: "refund", False: "charge"}),
        "ref": bill["c6"].where(~refund, bill["c15"]),
        "trade": bill["c5"].where(~refund, bill["c14"]),
        "gross": cents["c24"].where(~refund, -cents["c25"]),
        "fee": (cents["c22"].abs() // 1000).where(~refund, -(cents["c22"].abs() // 1000)),
        "currency": bill["c11"], "seller": bill["c2"], "at": bill["c0"],
        "state": bill["c19"].map(REFUND_WORDS).where(refund, "succeeded")})
    millis = pd.to_datetime(their["at"], format="%Y-%m-%d %H:%M:%S")
    their["ms"] = millis.astype("datetime64[ms]").astype("int64") - BEIJING_MS
    their["row"] = range(len(their))
    ours = ours.rename(columns={"reference": "ref", "transaction": "trade"})
    ours["ms"] = pd.to_datetime(ours["at"], format="%Y-%m-%d %H:%M:%S").astype(
        "datetime64[ms]").astype("int64")
    ours["own"] = range(len(ours))
    ours = ours[["own", "kind", "ref", "trade", "status", "gross", "fee", "currency", "ms"]]
    found = []

    def tell(frame, kind):
        if len(frame):
            keys = frame["ref"].where(frame["ref"] != "", frame["trade"])
            found.extend((kind, key) for key in keys)

    pairs = their.merge(ours, on=["kind", "ref"], suffixes=("", "_o"))
    pairs = pairs[pairs["ref"] != ""].sort_values("row")
    copies = pairs.duplicated(["own", "gross", "currency", "ms", "trade"])
    tell(pairs[copies], "duplicate_row")
    pairs = pairs[~copies]
    many = pairs.duplicated("own", keep=False)
    single, several = pairs[~many], pairs[many]
    if len(several):
        sums = several.groupby("own").agg(sum=("gross", "sum"), want=("gross_o", "first"))
        whole = sums.index[sums["sum"] == sums["want"]]
        several = several[~several["own"].isin(whole)]
        order = several.assign(
            a=(several["trade"] != several["trade_o"]).astype(int),
            b=((several["gross"] != several["gross_o"])
               | (several["currency"] != several["currency_o"])).astype(int)
        ).sort_values(["own", "a", "b", "row"])
        rest = order.duplicated("own")
        tell(order[rest & (order["kind"] == "charge")], "duplicate_payment")
        tell(order[rest & (order["kind"] == "refund")], "refund_missing_locally")
        single = pd.concat([single, order[~rest]])
    alone = their[~their["row"].isin(pairs["row"]) & ~their["row"].isin(
        their.merge(ours[["kind", "ref"]], on=["kind", "ref"])["row"])]
    left = ours[~ours["own"].isin(pairs["own"])]
    named = alone[alone["trade"] != ""].merge(
        left[left["trade"] != ""], on=["kind", "trade"], suffixes=("", "_o"))
    named["trade_o"] = named["trade"]
    alone = alone[~alone["row"].isin(named["row"])]
    left = left[~left["own"].isin(named["own"])]
    single = single.assign(ref_o=single["ref"])
    joined = pd.concat([single, named])
    charge = joined["kind"] == "charge"
    unlike_states = joined["status"] != joined["state"]
    tell(joined[charge & unlike_states], "gateway_success_only")
    tell(joined[~charge & unlike_states], "refund_status")
    same = joined["currency"] == joined["currency_o"]
    tell(joined[~same], "currency")
    more = joined["gross"] > joined["gross_o"]
    differ = same & (joined["gross"] != joined["gross_o"])
    tell(joined[differ & charge & more], "amount_more")
    tell(joined[differ & charge & ~more], "amount_less")
    tell(joined[differ & ~charge], "refund_amount")
    tell(joined[same & (joined["fee"] < joined["fee_o"])], "fee_less")
    costs = same & (joined["fee"] > joined["fee_o"])
    tell(joined[costs & charge], "fee_more")
    tell(joined[costs & ~charge], "fee_on_refund")

    def unlike(one, other):
        return (joined[one] != "") & (joined[other] != "") & (joined[one] != joined[other])

    tell(joined[unlike("trade", "trade_o") | unlike("ref", "ref_o")], "gateway_number")
    tell(joined[joined["seller"] != MERCHANT], "wrong_merchant")
    strange = alone["seller"] != MERCHANT
    tell(alone[strange], "wrong_merchant")
    waits = (alone["ms"] >= FROM_MS + DAY_MS - CUT_MS) | (alone["ms"] < FROM_MS + CUT_MS)
    settled = alone[~strange & ~waits]
    tell(settled[settled["kind"] == "refund"], "refund_missing_locally")
    tell(settled[settled["kind"] == "charge"], "unknown_money")
    pending = (left["kind"] == "refund") & (left["status"] == "pending")
    tell(left[pending], "refund_status")
    waits = (left["ms"] >= FROM_MS + DAY_MS - CUT_MS) | (left["ms"] < FROM_MS + CUT_MS)
    gone = left[(left["status"] == "succeeded") & ~waits]
    tell(gone[gone["kind"] == "refund"], "refund_missing_at_gateway")
    tell(gone[gone["kind"] == "charge"], "missing_at_gateway")
    return len(their) + len(ours), found


# One query for both engines that speak SQL; {bill} and {books} are how each reads a file.
QUERY = """
with raw as ({bill}), books as ({books}),
their as (
  select row_number() over () as n, state = 'REFUND' as back,
    case when state = 'REFUND' then 'refund' else 'charge' end as kind,
    case when state = 'REFUND' then refund_number else number end as ref,
    case when state = 'REFUND' then refund_trade else trade end as trade,
    case when state = 'REFUND' then -cast(replace(refunded, '.', '') as bigint)
      else cast(replace(gross, '.', '') as bigint) end as gross,
    case when state = 'REFUND' then -1 else 1 end
      * (abs(cast(replace(fee, '.', '') as bigint)) // 1000) as fee,
    case when state <> 'REFUND' or refund_state = 'SUCCESS' then 'succeeded'
      when refund_state = 'PROCESSING' then 'pending' else 'failed' end as state,
    currency, seller, {their_ms} - 28800000 as ms from raw),
ours as (
  select row_number() over () as own, kind, reference as ref, transaction as trade, status,
    gross, fee, currency, {our_ms} as ms from books),
hits as (
  select t.*, o.own, o.ref as ref_o, o.trade as trade_o, o.status, o.gross as gross_o,
    o.fee as fee_o, o.currency as currency_o,
    row_number() over (partition by o.own, t.gross, t.currency, t.ms, t.trade order by t.n) as copy
  from their t join ours o on t.kind = o.kind and t.ref = o.ref where t.ref <> ''),
ranked as (
  select *, count(*) over (partition by own) as parts,
    sum(gross) over (partition by own) as total,
    row_number() over (partition by own order by
      case when trade = trade_o then 0 else 1 end,
      case when gross = gross_o and currency = currency_o then 0 else 1 end, n) as place
  from hits where copy = 1),
pairs as (
  select n, kind, ref, trade, gross, fee, currency, seller, state, own, ref_o, trade_o, status,
    gross_o, fee_o, currency_o
  from ranked where place = 1 and not (parts > 1 and total = gross_o)),
left_their as (select * from their t where not exists (select 1 from hits h where h.n = t.n)),
left_ours as (select * from ours o where not exists (select 1 from hits h where h.own = o.own)),
named as (
  select t.n, t.kind, t.ref, t.trade, t.gross, t.fee, t.currency, t.seller, t.state, o.own,
    o.ref as ref_o, o.trade as trade_o, o.status, o.gross as gross_o, o.fee as fee_o,
    o.currency as currency_o
  from left_their t join left_ours o on t.kind = o.kind and t.trade = o.trade where t.trade <> ''),
joined as (select * from pairs union all select * from named),
alone as (select * from left_their t where not exists (select 1 from named m where m.n = t.n)),
missing as (select * from left_ours o where not exists (select 1 from named m where m.own = o.own)),
found as (
  select 'duplicate_row' as what, ref, trade from hits where copy > 1
  union all select case kind when 'charge' then 'duplicate_payment'
    else 'refund_missing_locally' end, ref, trade
    from ranked where place > 1 and total <> gross_o
  union all select case kind when 'charge' then 'gateway_success_only' else 'refund_status' end,
    ref, trade from joined where status <> state
  union all select 'currency', ref, trade from joined where currency <> currency_o
  union all select case when kind = 'refund' then 'refund_amount' when gross > gross_o
    then 'amount_more' else 'amount_less' end, ref, trade
    from joined where currency = currency_o and gross <> gross_o
  union all select case when fee < fee_o then 'fee_less' when kind = 'refund'
    then 'fee_on_refund' else 'fee_more' end, ref, trade
    from joined where currency = currency_o and fee <> fee_o
  union all select 'gateway_number', ref, trade from joined
    where (trade <> '' and trade_o <> '' and trade <> trade_o)
      or (ref <> '' and ref_o <> '' and ref <> ref_o)
  union all select 'wrong_merchant', ref, trade from joined where seller <> '{seller}'
  union all select case when seller <> '{seller}' then 'wrong_merchant' when kind = 'refund'
    then 'refund_missing_locally' else 'unknown_money' end, ref, trade
    from alone where seller <> '{seller}' or (ms < {last} and ms >= {first})
  union all select 'refund_status', ref, trade from missing
    where kind = 'refund' and status = 'pending'
  union all select case kind when 'refund' then 'refund_missing_at_gateway'
    else 'missing_at_gateway' end, ref, trade
    from missing where status = 'succeeded' and ms < {last} and ms >= {first})
select what, case when ref = '' then trade else ref end as key,
  (select count(*) from their) + (select count(*) from ours) as rows from found
"""
FIELDS = {
    "moment": TIME, "seller": SELLER, "trade": TRADE, "number": NUMBER, "state": STATE,
    "currency": MONEY, "refund_trade": REFUND_TRADE, "refund_number": REFUND_NUMBER,
    "refund_state": REFUND_STATE, "fee": FEE, "gross": GROSS, "refunded": REFUNDED}
FIRST_MS, LAST_MS = FROM_MS + CUT_MS, FROM_MS + DAY_MS - CUT_MS


def with_duckdb(folder):
    import duckdb

    columns = ", ".join(f"c{place} as {name}" for name, place in FIELDS.items())
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in BILL)
    bill = (
        # The backtick in front of a line stays with its first field.
        f"select {columns.replace('c0 as moment', 'c0[2:] as moment')} "
        f"from read_csv('{folder}/bill.csv', "
        f"delim=',`', header=false, skip=1, columns={{{types}}}, quote='', escape='', "
        "null_padding=true, ignore_errors=true, auto_detect=false, new_line='\\r\\n') "
        "where c0[1:1] = '`' and c9 is not null")
    books = (
        f"select *, \"at\" as moment from read_csv('{folder}/books.csv', header=true, "
        "nullstr='\\N', types={'transaction': 'VARCHAR', 'reference': 'VARCHAR'})")
    query = QUERY.format(
        bill=bill, books=books, seller=MERCHANT, first=FIRST_MS, last=LAST_MS,
        their_ms="epoch_ms(strptime(moment, '%Y-%m-%d %H:%M:%S'))", our_ms="epoch_ms(moment)")
    rows = duckdb.connect().sql(query).fetchall()
    return rows[0][2], [(what, key) for what, key, _ in rows]


def with_polars(folder):
    import polars as pl

    bill = pl.read_csv(
        plain(f"{folder}/bill.csv"), separator="\t", has_header=False, quote_char=None,
        columns=sorted(USED), infer_schema=False)
    bill.columns = [name for name, _ in sorted(FIELDS.items(), key=lambda item: item[1])]
    bill = bill.with_columns(pl.all().fill_null(""))
    ours = pl.read_csv(
        f"{folder}/books.csv", schema_overrides={"transaction": pl.String, "reference": pl.String}
    ).with_columns(pl.col("transaction", "reference").fill_null("")).rename({"at": "moment"})
    back = pl.col("state") == "REFUND"

    def cents(name):
        return pl.col(name).str.replace(".", "", literal=True).cast(pl.Int64)

    def ms(zone):
        time = pl.col("moment").str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="ms")
        return time.cast(pl.Int64) - zone

    fee = cents("fee").abs() // 1000
    their = bill.lazy().select(
        kind=pl.when(back).then(pl.lit("refund")).otherwise(pl.lit("charge")),
        ref=pl.when(back).then("refund_number").otherwise("number"),
        trade=pl.when(back).then("refund_trade").otherwise("trade"),
        gross=pl.when(back).then(-cents("refunded")).otherwise(cents("gross")),
        fee=pl.when(back).then(-fee).otherwise(fee), currency="currency", seller="seller",
        state=pl.when(back).then(pl.col("refund_state").replace_strict(
            REFUND_WORDS, default="succeeded")).otherwise(pl.lit("succeeded")),
        ms=ms(BEIJING_MS)).with_row_index("n").collect()
    ours = ours.lazy().select(
        kind="kind", ref="reference", trade="transaction", status="status", gross="gross",
        fee="fee", currency="currency", ms=ms(0)).with_row_index("own").collect()
    found = []

    def tell(frame, kind):
        keys = frame.select(
            pl.when(pl.col("ref") == "").then("trade").otherwise("ref").alias("key"))["key"]
        found.extend((kind, key) for key in keys)

    hits = their.filter(pl.col("ref") != "").join(
        ours, on=["kind", "ref"], suffix="_o", coalesce=True).with_columns(ref_o="ref").sort("n")
    copy = pl.int_range(pl.len()).over(["own", "gross", "currency", "ms", "trade"])
    hits = hits.with_columns(copy=copy)
    tell(hits.filter(pl.col("copy") > 0), "duplicate_row")
    first = hits.filter(pl.col("copy") == 0).with_columns(
        parts=pl.len().over("own"), total=pl.col("gross").sum().over("own"))
    single = first.filter(pl.col("parts") == 1)
    several = first.filter(
        (pl.col("parts") > 1) & (pl.col("total") != pl.col("gross_o"))
    ).sort(
        "own", pl.col("trade") != pl.col("trade_o"),
        (pl.col("gross") != pl.col("gross_o")) | (pl.col("currency") != pl.col("currency_o")), "n"
    ).with_columns(place=pl.int_range(pl.len()).over("own"))
    rest = several.filter(pl.col("place") > 0)
    tell(rest.filter(pl.col("kind") == "charge"), "duplicate_payment")
    tell(rest.filter(pl.col("kind") == "refund"), "refund_missing_locally")
    left_their = their.join(hits, on="n", how="anti")
    left_ours = ours.join(hits, on="own", how="anti")
    named = left_their.filter(pl.col("trade") != "").join(
        left_ours, on=["kind", "trade"], suffix="_o").with_columns(trade_o="trade")
    use = ["n", "own", "kind", "ref", "trade", "gross", "fee", "currency", "seller", "state",
           "ref_o", "trade_o", "status", "gross_o", "fee_o", "currency_o"]
    joined = pl.concat([
        single.select(use), several.filter(pl.col("place") == 0).select(use), named.select(use)])
    charge = pl.col("kind") == "charge"
    same = pl.col("currency") == pl.col("currency_o")
    differ, more = pl.col("gross") != pl.col("gross_o"), pl.col("gross") > pl.col("gross_o")
    costs = same & (pl.col("fee") > pl.col("fee_o"))

    def unlike(one):
        other = f"{one}_o"
        return (pl.col(one) != "") & (pl.col(other) != "") & (pl.col(one) != pl.col(other))

    unlike_states = pl.col("status") != pl.col("state")
    for kind, rule in [
        ("gateway_success_only", charge & unlike_states),
        ("refund_status", ~charge & unlike_states),
        ("currency", ~same), ("amount_more", same & differ & charge & more),
        ("amount_less", same & differ & charge & ~more), ("refund_amount", same & differ & ~charge),
        ("fee_less", same & (pl.col("fee") < pl.col("fee_o"))), ("fee_more", costs & charge),
        ("fee_on_refund", costs & ~charge), ("gateway_number", unlike("trade") | unlike("ref")),
        ("wrong_merchant", pl.col("seller") != MERCHANT),
    ]:
        tell(joined.filter(rule), kind)
    alone = left_their.join(named, on="n", how="anti")
    left = left_ours.join(named, on="own", how="anti")
    settled = (pl.col("ms") >= FIRST_MS) & (pl.col("ms") < LAST_MS)
    strange = pl.col("seller") != MERCHANT
    tell(alone.filter(strange), "wrong_merchant")
    tell(alone.filter(~strange & settled & ~charge), "refund_missing_locally")
    tell(alone.filter(~strange & settled & charge), "unknown_money")
    tell(left.filter(~charge & (pl.col("status") == "pending")), "refund_status")
    gone = left.filter(settled & (pl.col("status") == "succeeded"))
    tell(gone.filter(~charge), "refund_missing_at_gateway")
    tell(gone.filter(charge), "missing_at_gateway")
    return len(their) + len(ours), found


CONTENDERS = {"pandas": with_pandas, "duckdb": with_duckdb, "polars": with_polars}


def measure(name, folder):
    """In a process of its own: rows a second at best, and the most memory it ever had."""
    best, used, found, rows = None, None, [], 0
    for _ in range(ROUNDS):
        start, before = time.perf_counter(), time.process_time()
        rows, found = CONTENDERS[name](folder)
        taken, spent = time.perf_counter() - start, time.process_time() - before
        best, used = min(best or taken, taken), min(used or spent, spent)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({
        "rows": rows, "rate": int(rows / best), "used_ms": int(used * 1000), "peak_kib": peak,
        "found": found}))


def listed(folder, name):
    with open(f"{folder}/{name}", encoding="utf-8") as file:
        return [tuple(line.rstrip("\n").split(",", 1)) for line in list(file)[1:]]


def till(bench, folder):
    """Till on the files, in a process that holds nothing else."""
    table = run(bench, "reconcile-files", "--files", folder)
    told = re.search(
        r"([\d ]+) rows of files.*?([\d ]+) rows/s.*?(\d+) ms of processors, (\d+) MiB", table)
    rows, rate, used, peak = (int(text.replace(" ", "")) for text in told.groups())
    return {"rows": rows, "rate": rate, "used_ms": used, "peak_kib": peak * 1024,
            "found": listed(folder, "found.csv")}


def judged(found, truth):
    """Planted faults of which something was said, those rightly typed, and false alarms."""
    named = collections.Counter(tuple(item) for item in found)
    keys = {key for _, key in named}
    typed = sum(item in named for item in truth)
    false = sum(count - (item in truth) for item, count in named.items())
    return sum(key in keys for _, key in truth), typed, false


def by_kind(found, truth):
    named = set(map(tuple, found))
    planted = collections.Counter(kind for kind, _ in truth)
    typed = collections.Counter(kind for kind, key in truth if (kind, key) in named)
    return ", ".join(f"{kind} {typed[kind]} of {count}" for kind, count in sorted(planted.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=400_000, help="of both files together")
    parser.add_argument("--folder", default="/dev/shm", help="where the files lie, in memory")
    parser.add_argument("--bench", default=os.path.join(ROOT, ".build/release/till-bench"))
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return measure(*options.one)
    python = os.path.join(PLACE, "bin/python3")
    if not os.path.exists(python):
        run(sys.executable, "-m", "venv", PLACE)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        *(f"{name}=={version}" for name, version in VERSIONS.items()))
    with Folder(options.folder, "reconcile") as folder:
        told = run(
            options.bench, "reconcile", "--orders", options.rows // 2, "--files", folder.path)
        truth = set(listed(folder.path, "truth.csv"))
        figures = {"Till": till(options.bench, folder.path)}
        for name in CONTENDERS:
            words = [python, os.path.abspath(__file__), "--one", name, folder.path]
            figures[f"{name} {VERSIONS[name]}"] = json.loads(run(*words).splitlines()[-1])
    show(told, figures, truth)
    return None


def show(told, figures, truth):
    own = figures["Till"]
    print(f"{os.cpu_count()} cores, Linux {platform.release()}; load now {os.getloadavg()[0]:.1f}; "
          f"{own['rows']:,} rows, {len(truth)} planted faults that the files show")
    print("| | rows/s | processor time | peak memory | found | rightly typed | false alarms |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, figure in figures.items():
        found, typed, false = judged(figure["found"], truth)
        print(f"| {name} | {figure['rate']:,} | {figure['used_ms'] / 1000:.2f} s | "
              f"{figure['peak_kib'] // 1024:,} MiB | {found / len(truth):.2%} | "
              f"{typed / len(truth):.2%} | {false} |")
    print("\nTill by kind: " + by_kind(own["found"], truth) + ".")
    print("\nTill with the bank, payouts, deliveries and the bill as it was first issued beside "
          "the files:")
    print("\n".join(line for line in told.splitlines() if line.startswith("|")))


if __name__ == "__main__":
    main()
