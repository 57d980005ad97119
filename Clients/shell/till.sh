# Functions for POSIX shells on top of `till`. Source it:  . Clients/shell/till.sh
#
#   till_key [PREFIX]              a new idempotency key
#   till_json TEXT                 TEXT as a JSON string, with its quotes
#   till_call METHOD [PARAMS FLAG…]
#                                  the whole result on one line; PARAMS is a JSON object or -,
#                                  FLAGs are those of every command
#   till_field PATH METHOD [PARAMS]
#                                  one member of the result, bare
#   till_once KEY WORD…            `till WORD…` under KEY, again until the outcome is known
#   till_rows WORD…                every page of the list `till WORD…` as CSV with one header
#   till_settle KEY                what became of KEY: the stored reply; 3 when nothing happened
#   till_deliver ORDER WORD…       claims the first line of ORDER that waits, runs WORD… for it (its
#                                  number is in TILL_LINE), and completes or fails the delivery
#
# Every function ends with the status of `till`; `till help exit-codes` explains it. 12 means that
# the outcome is unknown and money may have moved.

# How often a request that cannot act twice is sent again, and the longest pause in seconds.
: "${TILL_TRIES:=6}" "${TILL_PAUSE_MAX:=8}"

till_key() {
  printf '%s-%s\n' "${1:-sh}" "$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
}

till_json() {
  # Control characters other than line feed and tab have no place in our texts and are dropped.
  printf '%s' "$1" | LC_ALL=C tr -d '\000-\010\013-\037' | LC_ALL=C awk '
    BEGIN { printf "\"" }
    {
      if (NR > 1) printf "\\n"
      gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); gsub(/\t/, "\\t")
      printf "%s", $0
    }
    END { printf "\"\n" }'
}

# Parameters go in by standard input: they may hold what no command line should show.
_till_params() {
  if [ "$1" = - ]; then cat; else printf '%s' "$1"; fi
}

till_call() {
  _till_method=$1
  _till_given=${2:-{\}}
  [ $# -lt 2 ] || shift
  shift
  _till_params "$_till_given" | till call "$_till_method" --params - --format json "$@"
}

till_field() {
  _till_path=$1
  shift
  _till_params "${2:-{\}}" | till call "$1" --params - --get "$_till_path"
}

till_once() {
  _till_key=$1
  shift
  _till_try=1
  _till_pause=1
  while :; do
    _till_status=0
    till "$@" --key "$_till_key" || _till_status=$?
    case $_till_status in
      7 | 10 | 12) ;;
      *) return "$_till_status" ;;
    esac
    [ "$_till_try" -lt "$TILL_TRIES" ] || return "$_till_status"
    # One of two pauses by the process number, so that many scripts do not come back together.
    sleep "$((_till_pause + $$ % 2))"
    _till_try=$((_till_try + 1))
    _till_pause=$((_till_pause * 2))
    [ "$_till_pause" -le "$TILL_PAUSE_MAX" ] || _till_pause=$TILL_PAUSE_MAX
  done
}

till_rows() {
  _till_header=
  _till_page=
  while :; do
    _till_status=0
    # The rows and the name of the next page come from one reply: on two streams.
    {
      _till_said=$(till "$@" --limit 200 ${_till_page:+--page "$_till_page"} --format csv \
        $_till_header 2>&1 >&3 3>&-) || _till_status=$?
    } 3>&1
    _till_page=$(printf '%s\n' "$_till_said" |
      sed -n "s/^more: .* --page '\{0,1\}\([^' ]*\)'\{0,1\}\$/\1/p")
    printf '%s\n' "$_till_said" | sed -e '/^more: /d' -e '/^$/d' >&2
    [ "$_till_status" = 0 ] && [ -n "$_till_page" ] || return "$_till_status"
    _till_header=--no-header
  done
}

till_settle() {
  till key lookup "$1" --get reply
}

# At most 256 bytes, which is what a reference may have, of whole characters; what is no text is
# left out.
_till_reference() {
  printf '%s' "$1" | iconv -c -f UTF-8 -t UTF-8 2>/dev/null |
    LC_ALL=C tr -d '\000-\010\013-\037\177' | LC_ALL=C awk '
    { text = text (NR > 1 ? "\n" : "") $0 }
    END {
      cut = substr(text, 1, 256)
      if (substr(text, 257, 1) ~ /^[\200-\277]/) sub(/[\300-\377][\200-\277]*$/, "", cut)
      printf "%s", cut
    }'
}

till_deliver() {
  _till_order=$1
  shift
  # Each run is a wish of its own, so its key is new: whoever comes second is refused. If this
  # process dies on the way, nobody knows what was handed out, and a person decides.
  _till_taken=$(till_once "$(till_key deliver)" delivery claim "$_till_order" \
    --columns line,claim --no-header --format tsv) || return
  _till_line=$(printf '%s\n' "$_till_taken" | cut -f 1)
  _till_claim=$(printf '%s\n' "$_till_taken" | cut -f 2)
  if _till_reference=$(TILL_ORDER=$_till_order TILL_LINE=$_till_line TILL_CLAIM=$_till_claim "$@"); then
    _till_reference=$(_till_reference "$_till_reference")
    till_once "$(till_key finish)" delivery complete "$_till_claim" \
      --reference "${_till_reference:-delivered}" --format id
  else
    _till_status=$?
    till_once "$(till_key fail)" delivery fail "$_till_claim" \
      --reason "the command ended with $_till_status" --format id >&2
    return 1
  fi
}
