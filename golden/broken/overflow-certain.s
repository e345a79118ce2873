; overflow-certain: dmi posts a token more than fit before anybody may take one; the run traps under every schedule.
; expect: overflow 3
    post dmi m1, 65535     post m1
    wait vpu m1, 65535     wait m1
    halt 0
