; overflow-no-credit: dmi posts a second heap of tokens without waiting for vpu to take the first; if vpu is late m1 holds more than fit.
; expect: overflow 5
    post dmi m1, 60000
    wait vpu m1, 60000
    post dmi m1, 60000
    wait vpu m1, 60000
    halt 0
