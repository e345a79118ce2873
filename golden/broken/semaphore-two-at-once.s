; semaphore-two-at-once: dmi takes of two semaphores at once, and only the token of each orders it behind who took of the other; it may go first.
; expect: semaphore-order 6 8
; expect: semaphore-order 7 8
    post m1, 1
    post m2, 1
    wait vpu m1, 1         post m2
    wait mxu m2, 1         post m1
    wait dmi m1, 1         wait m2 post m3
    wait seq m3, 1
    post m1, 1
    post m2, 1
    fence vpu mxu
    wait dmi m1, 1
    wait dmi m2, 1
    halt 0
