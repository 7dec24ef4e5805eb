export const help = `Tells whether a seller's production server would survive the Huawei Cloud KooGallery store.

  conform <production-address> [id-prefix…]

The keys that server and store share come from KOOBRIDGE_KEYS, or a file:
  {"license":[{"id":"k1","secret":"…"}],"base":[…],"kit":[…],"general":[…],"v1":[…]}
It makes real calls about made-up orders: point it at a test database.

  --profile a,b           license, saas, online-license, order-notice, kit,
                          v1, v1-license, v1-kit;
                          the usual ones whose ring has a key, unless given
  --only prefix           only the cases whose id starts so; may be repeated
  --list                  lists the cases and runs none
  --strict                deviations from rulings (SHOULD) fail too
  --keys file             in place of KOOBRIDGE_KEYS
  --probe url             a state probe, so that effects can be seen
  --probe-token-env NAME  the variable that holds its bearer token
  --licenses file         License codes that the server knows, one a line, where it
                          takes no others
  --retired-keys file     keys of the same form that the server knew once, to see that
                          they are refused
  --ca file               certificates in PEM that may have signed the server's
  --restart command       restarts the server, so that its memory can be tested
  --server-log file       its log, which must hold no key
  --expect-failures file  {"case.id":"reason"}; one that passes breaks the run
  --seed text             makes the names of orders follow from it
  --timeout seconds       how long an answer is waited for (20)
  --parallel n            how many cases run at a time (8)
  --language en|zh        of all reports
  --junit, --json, --html file

Exit codes: 0 conforms, 1 a required case failed, 2 bad usage or nothing selected,
3 the server cannot be reached, set up or judged, 4 a case itself crashed.
`;
