; overflow-loop: mxu gives back what it took round by round, but a round late, and two rounds of tokens do not fit.
; expect: overflow 6
    post mxu m2, 2
    loop 4 {
    wait dmi m2, 1
    post dmi m1, 40000
    wait mxu m1, 40000
    post mxu m2, 1
    }
    wait dmi m2, 2
    halt 0
