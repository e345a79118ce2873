// systole_player: plays a bundle on a matrix unit, compares every write and every retirement, and says where the first difference is.
//
// +dump=DIR compares nothing and writes what the unit left in memory to DIR/NAME.spm.hex and NAME.acc.hex, for systole classify.
// Plusargs: +bundle=DIR, +case=NAME (default: all), +timeout=CYCLES in which nothing is taken and nothing retires (default: 100000). Its last line is
// `PASS cases=N instructions=N cycles=N retired=CRC`, with a CRC-32C of the clocks in which instructions retire, or `FAIL case=NAME ...` and an
// end that is not zero. It waits for nothing but the clock, so that it runs alike under Icarus 11 and Verilator 5.006, with or without --timing.
// verilator lint_off BLKSEQ
// verilator lint_off WIDTH
// verilator lint_off UNUSEDSIGNAL
module systole_player #(
  parameter integer LANES = systole_profile::LANES,
  parameter integer SPM_BYTES = systole_profile::SPM_BYTES,
  parameter integer ACC_BYTES = systole_profile::ACC_BYTES,
  // Words of the longest retire.hex and writes.hex.
  parameter integer RETIRE_WORDS_MAX = 1 << 19,
  parameter integer WRITES_WORDS_MAX = 1 << 20
) (
  input  logic                clk,
  output logic                reset,
  output logic                mem_valid,
  input  logic                mem_ready,
  output logic                mem_write,
  output logic [2:0]          mem_space,
  output logic [31:0]         mem_address,
  output logic [31:0]         mem_wdata,
  output logic [3:0]          mem_strobe,
  input  logic [31:0]         mem_rdata,
  output logic                cmd_valid,
  input  logic                cmd_ready,
  output logic [31:0]         cmd_data,
  output logic                cmd_last,
  input  logic                write_valid,
  input  logic [2:0]          write_space,
  input  logic [31:0]         write_address,
  input  logic [32*LANES-1:0] write_data,
  input  logic [4*LANES-1:0]  write_strobe,
  input  logic                retire_valid,
  input  logic [31:0]         retire_order,
  input  logic                idle
);
  localparam integer SPM_WORDS = SPM_BYTES / 4, ALL_BYTES = SPM_BYTES + ACC_BYTES, ALL_WORDS = ALL_BYTES / 4;
  localparam integer GRANULE_WORDS = 16;
  localparam integer SEQ_AT = systole_isa::RETIREMENT_SEQ_AT / 4, PC_AT = systole_isa::RETIREMENT_PC_AT / 4,
    WORDS_AT = systole_isa::RETIREMENT_WORDS_AT / 4, ORDER_AT = systole_isa::RETIREMENT_ORDER_AT / 4,
    OPERANDS_AT = systole_isa::RETIREMENT_OPERANDS_AT / 4, DIMS_AT = systole_isa::OPERAND_DIMS_AT / 4,
    STRIDES_AT = systole_isa::OPERAND_STRIDES_AT / 4, ADDRESS_AT = systole_isa::OPERAND_ADDRESS_AT / 4;
  localparam integer RANK_MAX = systole_isa::RANK_MAX;
  localparam integer TEXT = 8 * 512;
  // Instructions that may be under way at once.
  localparam integer UNDER_WAY = 64;
  localparam integer NONE = -1;

  // ---- what the bundle says. A word or byte that no file has brought has its top bit set.
  logic [32:0] retired [0:RETIRE_WORDS_MAX];
  logic [32:0] packed_writes [0:WRITES_WORDS_MAX];
  // Of each block seq, the number of entries, and entries of {space, known and strobe; address; data} for each word.
  logic [31:0] written [0:3*WRITES_WORDS_MAX];
  // Bytes of SPM, then of ACC behind them; a file of ACC comes in through `loaded`.
  logic [8:0]  initial_bytes [0:ALL_BYTES-1], expected_bytes [0:ALL_BYTES-1], masks [0:ALL_BYTES-1], loaded [0:ACC_BYTES-1];
  logic [TEXT-1:0] bundle, wanted, name, path, dump;
  logic            dumping;
  logic [7:0]      left [0:ALL_BYTES-1];
  integer cases_file, retired_count, packed_count, written_count;
  integer spm_initial_count, acc_initial_count, spm_expected_count, acc_expected_count;
  logic [31:0] retired_crc, packed_crc, spm_initial_crc, acc_initial_crc, spm_expected_crc, acc_expected_crc;
  logic [31:0] crc_table [0:255];

  // ---- how far it is
  localparam [3:0] NEXT_CASE = 0, RESETTING = 1, LAYING = 2, WALKING = 3, SENDING = 4, SETTLING = 5, POKING = 6, FINISHING = 7, READING = 8, ENDED = 9;
  logic [3:0] phase;
  integer timeout, quiet, clocks, cases, instructions, cycles;
  // The record at hand, its words that are sent, the block of writes that comes next, and its entry at hand.
  integer record, sent, block, entry;
  // The word at hand of those that are laid or read back; the one that is asked for, and the one whose data come.
  integer at, asked, arriving;
  localparam integer GRANULES = ALL_WORDS / GRANULE_WORDS;
  logic   stale [0:GRANULES], touched [0:GRANULES];
  // Instructions under way: where their record and their writes are.
  integer under_way_record [0:UNDER_WAY-1], under_way_block [0:UNDER_WAY-1];
  integer oldest, newest, accepted;
  // How often the unit has been reset in the middle of its work, which leaves nothing behind: so often before the first case.
  localparam integer STARTLES = 8, STARTLE_CLOCKS = 146;
  integer startles;
  // A word of SPM and one of ACC that stay what they are in this case: the host reads and writes them while the unit works.
  integer still [0:1], visits, visited;
  // A record of which words have come is not whole.
  logic   partly;
  logic [31:0] retired_when;
  // What the unit has written since the last retirement.
  logic [3:0]  wrote_strobe [0:ALL_WORDS-1];
  logic [31:0] wrote_data [0:ALL_WORDS-1];
  integer wrote_count;

  integer i, k;
  logic [31:0] crc;
  initial begin
    for (i = 0; i < 256; i = i + 1) begin
      crc = i;
      for (k = 0; k < 8; k = k + 1) crc = crc[0] ? (crc >> 1) ^ 32'h82f63b78 : crc >> 1;
      crc_table[i] = crc;
    end
    for (i = 0; i < ALL_WORDS; i = i + 1) wrote_strobe[i] = 4'b0000;
    for (i = 0; i <= GRANULES; i = i + 1) {stale[i], touched[i]} = 2'b11;
    {reset, mem_valid, cmd_valid, mem_write, cmd_last} = 5'b10000;
    {mem_space, mem_address, mem_wdata, mem_strobe, cmd_data} = '0;
    phase = NEXT_CASE;
    {cases, instructions, cycles, quiet, clocks, wrote_count, oldest, newest, accepted, startles, visits, partly, retired_when} = '0;
    visited = NONE;
    name = "-";
    timeout = 100000;
    if ($value$plusargs("timeout=%d", timeout)) ;
    if (!$value$plusargs("case=%s", wanted)) wanted = "";
    dumping = $value$plusargs("dump=%s", dump) != 0;
    if (!$value$plusargs("bundle=%s", bundle)) bundle = ".";
    $sformat(path, "%0s/cases.txt", bundle);
    cases_file = $fopen(path, "r");
  end

  always @(posedge clk) if (phase != ENDED) begin
    if (!reset && accepted == 0 && (write_valid !== 1'b0 || retire_valid !== 1'b0)) begin
      $display("FAIL case=%0s the unit writes or retires after a reset, with nothing under way", name);
      stop();
    end
    if (startles == STARTLES) begin
      watch();
      visit();
    end else if (!reset) startle();
    if (phase != ENDED) case (phase)
      NEXT_CASE: next_case();
      RESETTING: begin
        clocks = clocks + 1;
        // One clock has to do when the unit is at work.
        if (clocks == (startles == 0 ? 4 : 2)) begin
          reset <= 1'b0;
          at = 0;
          phase = startles == STARTLES ? LAYING : WALKING;
        end
      end
      LAYING: if (!mem_valid || mem_ready) lay();
      WALKING: walk();
      SENDING: if (cmd_ready) begin
        if (cmd_last) begin
          cmd_valid <= 1'b0;
          record = record + size_of(record);
          walk();
        end else send();
      end
      // The unit tells that it is idle when the last command has arrived there.
      SETTLING: if (idle && oldest == newest) poke();
      POKING: if (mem_ready) poke();
      FINISHING: if (startles == STARTLES && idle && oldest == newest) finish_case();
      READING: begin
        if (arriving != NONE) compare_word();
        arriving = NONE;
        if (phase == READING && (mem_ready || !mem_valid)) begin
          arriving = asked;
          read_word();
        end
      end
      default: ;
    endcase
  end

  // The first instructions of the first case on memory of which nothing is known, and a reset a little later each time.
  task startle;
    begin
      clocks = clocks + 1;
      if (cmd_valid && cmd_ready && cmd_last) accepted = accepted + 1;
      if (clocks == STARTLE_CLOCKS + 2 * startles) begin
        startles = startles + 1;
        {cmd_valid, mem_valid} <= 2'b00;
        begin_case();
      end
    end
  endtask

  task begin_case;
    begin
      {clocks, record, block, quiet} = '0;
      {oldest, newest, accepted, wrote_count, partly} = '0;
      reset <= 1'b1;
      phase = RESETTING;
    end
  endtask

  // ---- every clock: what the unit tells
  task watch;
    integer lane;
    begin
      quiet = quiet + 1;
      if (phase >= WALKING && phase <= FINISHING) cycles = cycles + 1;
      if ((cmd_valid && cmd_ready) || (mem_valid && mem_ready && !is_working(phase)) || retire_valid === 1'b1) quiet = 0;
      if (!reset && phase != LAYING && write_valid !== 1'b0) begin
        if (write_strobe === '0) begin
          $display("FAIL case=%0s write_valid without a byte of write_strobe", name);
          stop();
        end
        for (lane = 0; lane < LANES; lane = lane + 1)
          if (write_strobe[4*lane +: 4] !== 4'b0000) note_write(write_space, write_address + 4 * lane, write_strobe[4*lane +: 4], write_data[32*lane +: 32]);
      end
      if (!reset && phase != ENDED && idle !== 1'b0 && accepted != oldest) begin
        say_instruction(under_way_record[oldest % UNDER_WAY]);
        $display("the unit says that it is idle while this is under way");
        stop();
      end
      if (!reset && phase != ENDED && idle !== 1'b0 && partly) begin
        say_instruction(record);
        $display("the unit says that it is idle when it has a part of this");
        stop();
      end
      if (cmd_valid && cmd_ready) begin
        partly = !cmd_last;
        if (cmd_last) accepted = accepted + 1;
      end
      if (!reset && phase != ENDED && retire_valid !== 1'b0) begin
        retired_when = crc_word(retired_when, cycles);
        check_retirement();
      end
      if (quiet > timeout && phase != ENDED) begin
        if (oldest != newest) begin
          say_instruction(under_way_record[oldest % UNDER_WAY]);
          $display("no retirement: %0d cycles without progress", timeout);
        end else $display("FAIL case=%0s no answer: %0d cycles without progress", name, timeout);
        stop();
      end
    end
  endtask

  function is_working(input [3:0] of);
    is_working = of == WALKING || of == SENDING || of == FINISHING;
  endfunction

  // Now and then, while the unit works: reads and writes in turn, first of SPM, then of ACC. Nobody has to wait for them.
  task visit;
    begin
      if (visited != NONE && mem_rdata !== still_word(visited) && !dumping) begin
        $display("FAIL case=%0s the host reads %08h at %0s address=0x%0h while the unit works, where %08h stays", name, mem_rdata, visited < SPM_WORDS ? "spm" : "acc",
          address_of(visited), still_word(visited));
        stop();
      end
      visited = mem_valid && mem_ready && !mem_write && is_working(phase) ? still[mem_space == systole_isa::SPACE_ACC] : NONE;
      visits = visits + 1;
      // What a port has without a request stays: for a simulator a change is work.
      if (is_working(phase) && (!mem_valid || mem_ready)) begin
        mem_valid <= visits % 7 == 0 && still[visits[0]] != NONE;
        if (visits % 7 == 0 && still[visits[0]] != NONE) begin
          mem_write <= visits[1];
          mem_strobe <= 4'b1111;
          set_place(still[visits[0]]);
          mem_wdata <= still_word(still[visits[0]]);
        end
      end
    end
  endtask
  function [31:0] still_word(input integer word);
    still_word = {expected_bytes[4*word + 3][7:0], expected_bytes[4*word + 2][7:0], expected_bytes[4*word + 1][7:0], expected_bytes[4*word][7:0]};
  endfunction

  task note_write(input [2:0] space, input integer address, input [3:0] strobe, input [31:0] data);
    integer word, lane;
    begin
      word = word_of(space, address);
      if (phase == ENDED || dumping) ;
      else if (word == NONE) begin
        if (oldest != newest) say_instruction(under_way_record[oldest % UNDER_WAY]);
        else $display("FAIL case=%0s", name);
        $display("a write to space %0d address 0x%0h, which does not exist", space, address);
        stop();
      end else begin
        if (wrote_strobe[word] == 4'b0000) wrote_count = wrote_count + 1;
        wrote_strobe[word] = wrote_strobe[word] | strobe;
        for (lane = 0; lane < 4; lane = lane + 1) if (strobe[lane] !== 1'b0) wrote_data[word][8*lane +: 8] = data[8*lane +: 8];
      end
    end
  endtask

  // The oldest instruction has retired: were its writes those of the bundle, all of them and no others?
  task check_retirement;
    integer of, from, count, e, word, wrong;
    begin
      if (dumping) begin
        if (oldest != newest) oldest = oldest + 1;
        for (word = 0; word < ALL_WORDS; word = word + 1) wrote_strobe[word] = 4'b0000;
        wrote_count = 0;
        instructions = instructions + 1;
      end else if (oldest == newest) begin
        $display("FAIL case=%0s surplus retirement: order=%0d, and no instruction is under way", name, retire_order);
        stop();
      end else begin
        of = under_way_record[oldest % UNDER_WAY];
        from = under_way_block[oldest % UNDER_WAY];
        count = from == NONE ? 0 : written[from + 1];
        wrong = retire_order !== told_order(of);
        if (wrong) begin
          say_instruction(of);
          $display("wrong order of retirements: the unit says 0x%0h, expected=0x%0h", retire_order, told_order(of));
          stop();
        end
        for (e = 0; e < count && !wrong; e = e + 1) begin
          word = word_of_entry(from + 2 + 3 * e);
          wrong = word == NONE ? 1 : wrote_strobe[word] !== strobe_of_entry(from + 2 + 3 * e)
            || ((wrote_data[word] ^ written[from + 4 + 3 * e]) & bits_of(known_of_entry(from + 2 + 3 * e))) !== 0;
        end
        if (phase != ENDED && (wrong || wrote_count != count)) begin
          say_instruction(of);
          say_element(of, from, count);
          stop();
        end
        for (e = 0; e < count && phase != ENDED; e = e + 1) wrote_strobe[word_of_entry(from + 2 + 3 * e)] = 4'b0000;
        wrote_count = 0;
        oldest = oldest + 1;
        instructions = instructions + 1;
      end
    end
  endtask

  // ---- a case
  task next_case;
    integer found;
    begin
      if (cases_file == 0) begin
        $display("FAIL case=- %0s cannot be opened", path);
        stop();
      end else begin
        found = $fscanf(cases_file, "%s %d %h %d %h %d %h %d %h %d %h %d %h", name, retired_count, retired_crc, packed_count, packed_crc,
          spm_initial_count, spm_initial_crc, acc_initial_count, acc_initial_crc, spm_expected_count, spm_expected_crc, acc_expected_count, acc_expected_crc);
        if (found == 13) begin
          if (wanted == "" || wanted == name) begin
            load();
            cases = cases + 1;
            if (phase != ENDED) begin_case();
          end
        end else if (found > 0) begin
          $display("FAIL case=%0s its line in cases.txt has %0d of 13 fields", name, found);
          stop();
        end else if (cases == 0) begin
          $display("FAIL case=%0s no such case in %0s", wanted, path);
          stop();
        end else begin
          $display("PASS cases=%0d instructions=%0d cycles=%0d retired=%08h", cases, instructions, cycles, retired_when);
          phase = ENDED;
          $finish;
        end
      end
    end
  endtask

  // The files of a case, each checked: as many words or bytes as cases.txt says, and their CRC-32C.
  task load;
    integer n, count, granule;
    logic   masked;
    begin
      if (retired_count > RETIRE_WORDS_MAX || packed_count > WRITES_WORDS_MAX) begin
        $display("FAIL case=%0s %0d and %0d words: more than RETIRE_WORDS_MAX or WRITES_WORDS_MAX of the player", name, retired_count, packed_count);
        stop();
      end
      for (n = 0; n <= retired_count && phase != ENDED; n = n + 1) retired[n] = {1'b1, 32'd0};
      for (n = 0; n <= packed_count && phase != ENDED; n = n + 1) packed_writes[n] = {1'b1, 32'd0};
      for (granule = 0; granule < GRANULES; granule = granule + 1) if (touched[granule]) begin
        touched[granule] = 1'b0;
        for (n = 4 * GRANULE_WORDS * granule; n < 4 * GRANULE_WORDS * (granule + 1); n = n + 1) begin
          initial_bytes[n] = 9'h100;
          expected_bytes[n] = 9'h100;
          masks[n] = 9'h100;
        end
      end

      if (retired_count > 0 && opens("retire.hex")) $readmemh(path, retired, 0, retired_count - 1);
      crc = '1;
      count = 0;
      for (n = 0; n < retired_count; n = n + 1) begin
        // Words that the file leaves out are 0; the last one is always there.
        if (retired[n][32] === 1'b0) count = n + 1;
        else retired[n] = 33'd0;
        crc = crc_word(crc, retired[n][31:0]);
      end
      check_file("retire.hex", count, retired_count, crc, retired_crc);
      if (packed_count > 0 && opens("writes.hex")) $readmemh(path, packed_writes, 0, packed_count - 1);
      crc = '1;
      for (n = 0; n < packed_count && packed_writes[n][32] === 1'b0; n = n + 1) crc = crc_word(crc, packed_writes[n][31:0]);
      check_file("writes.hex", n, packed_count, crc, packed_crc);
      if (phase != ENDED) unpack();

      if (spm_initial_count > 0 && opens("initial.spm.hex")) $readmemh(path, initial_bytes);
      if (spm_expected_count > 0 && opens("expected.spm.hex")) $readmemh(path, expected_bytes);
      masked = spm_expected_count > 0 && opens("mask.spm.hex");
      if (masked) $readmemh(path, masks);
      check_bytes(0, SPM_BYTES, masked, "initial.spm.hex", spm_initial_count, spm_initial_crc, "expected.spm.hex", spm_expected_count, spm_expected_crc);
      if (acc_initial_count > 0 && opens("initial.acc.hex")) begin
        clear_loaded();
        $readmemh(path, loaded);
        for (n = 0; n < ACC_BYTES; n = n + 1) initial_bytes[SPM_BYTES + n] = loaded[n];
      end
      if (acc_expected_count > 0 && opens("expected.acc.hex")) begin
        clear_loaded();
        $readmemh(path, loaded);
        for (n = 0; n < ACC_BYTES; n = n + 1) expected_bytes[SPM_BYTES + n] = loaded[n];
      end
      masked = acc_expected_count > 0 && opens("mask.acc.hex");
      if (masked) begin
        clear_loaded();
        $readmemh(path, loaded);
        for (n = 0; n < ACC_BYTES; n = n + 1) masks[SPM_BYTES + n] = loaded[n];
      end
      check_bytes(SPM_BYTES, ALL_BYTES, masked, "initial.acc.hex", acc_initial_count, acc_initial_crc, "expected.acc.hex", acc_expected_count, acc_expected_crc);
    end
  endtask

  // Runs of words into entries, one for each word.
  task unpack;
    integer n, block_end, run_end, entries;
    logic [31:0] tag, address;
    begin
      written_count = 0;
      n = 0;
      while (n < packed_count) begin
        entries = written_count + 1;
        written[written_count] = packed_writes[n][31:0];
        written[entries] = 0;
        written_count = written_count + 2;
        block_end = n + 2 + packed_writes[n + 1][31:0];
        n = n + 2;
        while (n < block_end) begin
          tag = packed_writes[n][31:0];
          address = packed_writes[n + 1][31:0];
          run_end = n + 2 + tag[31:16];
          for (n = n + 2; n < run_end; n = n + 1) begin
            written[written_count] = {16'd0, tag[15:0]};
            written[written_count + 1] = address;
            written[written_count + 2] = packed_writes[n][31:0];
            written_count = written_count + 3;
            written[entries] = written[entries] + 1;
            address = address + 4;
          end
        end
      end
    end
  endtask

  task clear_loaded;
    integer n;
    for (n = 0; n < ACC_BYTES; n = n + 1) loaded[n] = 9'h100;
  endtask

  // What the files say of a space, and what follows: without a mask every byte counts that is expected, and what was laid down and not written
  // over stays. A loop without calls, since it goes over all of memory.
  task check_bytes(input integer from, input integer to, input masked, input [8*20-1:0] initial_file, input integer initial_count, input [31:0] initial_crc,
    input [8*20-1:0] expected_file, input integer expected_count, input [31:0] expected_crc);
    integer n, laid, known, run;
    logic [31:0] laid_crc, known_crc;
    begin
      {laid, known, run} = '0;
      {laid_crc, known_crc} = '1;
      still[from != 0] = NONE;
      for (n = from; n < to; n = n + 1) begin
        if (initial_bytes[n][8] === 1'b0) begin
          laid = laid + 1;
          laid_crc = crc_table[laid_crc[7:0] ^ initial_bytes[n][7:0]] ^ (laid_crc >> 8);
          touched[n / (4 * GRANULE_WORDS)] = 1'b1;
        end
        if (expected_bytes[n][8] === 1'b0) begin
          if (!masked) masks[n] = 9'hff;
          if (masks[n][8] === 1'b0) begin
            known = known + 1;
            known_crc = crc_table[known_crc[7:0] ^ expected_bytes[n][7:0]] ^ (known_crc >> 8);
          end
          run = 0;
          touched[n / (4 * GRANULE_WORDS)] = 1'b1;
        end else if (initial_bytes[n][8] === 1'b0) begin
          expected_bytes[n] = initial_bytes[n];
          masks[n] = 9'hff;
          run = n % 4 == 0 ? 1 : run + 1;
          if (n % 4 == 3 && run == 4) still[from != 0] = n / 4;
        end else begin
          run = 0;
        end
      end
      check_file(initial_file, laid, initial_count, laid_crc, initial_crc);
      check_file(expected_file, known, expected_count, known_crc, expected_crc);
    end
  endtask

  function opens(input [8*20-1:0] file);
    integer handle;
    begin
      opens = 1'b0;
      if (phase != ENDED) begin
        $sformat(path, "%0s/cases/%0s/%0s", bundle, name, file);
        handle = $fopen(path, "r");
        opens = handle != 0;
        if (opens) $fclose(handle);
      end
    end
  endfunction

  task check_file(input [8*20-1:0] file, input integer found, input integer count, input [31:0] found_crc, input [31:0] crc_wanted);
    begin
      if (phase == ENDED) ;
      else if (found != count) begin
        $display("FAIL case=%0s %0s is missing, too short or too long: %0d of %0d words or bytes", name, file, found, count);
        stop();
      end else if (count > 0 && ~found_crc !== crc_wanted) begin
        $display("FAIL case=%0s %0s has CRC-32C %08h, not %08h: it is not the file that was made", name, file, ~found_crc, crc_wanted);
        stop();
      end
    end
  endtask

  // Initial bytes, and the pattern of UNKNOWN bytes wherever an earlier case may have left others.
  task lay;
    logic [31:0] laid;
    begin
      while (at < ALL_WORDS && !stale[at / GRANULE_WORDS] && initial_bytes[4*at][8] && initial_bytes[4*at+1][8] && initial_bytes[4*at+2][8] && initial_bytes[4*at+3][8]) at = at + 1;
      if (at < ALL_WORDS) begin
        mem_valid <= 1'b1;
        mem_write <= 1'b1;
        mem_strobe <= 4'b1111;
        set_place(at);
        for (k = 0; k < 4; k = k + 1) laid[8*k +: 8] = initial_bytes[4*at + k][8] ? systole_profile::UNKNOWN_BYTE : initial_bytes[4*at + k][7:0];
        mem_wdata <= laid;
        at = at + 1;
      end else begin
        mem_valid <= 1'b0;
        for (at = 0; at < GRANULES; at = at + 1) stale[at] = touched[at];
        phase = WALKING;
      end
    end
  endtask

  // To the next record that matters: one of the unit's own is sent; what others write is written once the unit is idle.
  task walk;
    logic has_block, goes_on;
    begin
      goes_on = 1'b1;
      while (goes_on && record < retired_count) begin
        has_block = block < written_count && written[block] == retired[record + SEQ_AT][31:0];
        if (retired[record][23:16] == systole_isa::UNIT_MXU) begin
          if (newest - oldest == UNDER_WAY) begin
            phase = WALKING;
          end else begin
            under_way_record[newest % UNDER_WAY] = record;
            under_way_block[newest % UNDER_WAY] = has_block ? block : NONE;
            newest = newest + 1;
            if (has_block) block = block + 2 + 3 * written[block + 1];
            sent = 0;
            send();
            phase = SENDING;
          end
          goes_on = 1'b0;
        end else if (has_block) begin
          entry = block + 2;
          mem_valid <= 1'b0;
          phase = SETTLING;
          goes_on = 1'b0;
        end else record = record + size_of(record);
      end
      if (goes_on) phase = FINISHING;
    end
  endtask

  // The unit gets orders in which every bit changes, and gives them back.
  function [31:0] told_order(input integer of);
    told_order = retired[of + ORDER_AT][31:0] * 32'h9e3779b1;
  endfunction

  task send;
    begin
      cmd_valid <= 1'b1;
      cmd_data <= sent == ORDER_AT ? told_order(record) : retired[record + sent][31:0];
      cmd_last <= sent == size_of(record) - 1;
      sent = sent + 1;
    end
  endtask

  task poke;
    begin
      while (entry < block + 2 + 3 * written[block + 1] && word_of_entry(entry) == NONE) entry = entry + 3;
      if (entry < block + 2 + 3 * written[block + 1]) begin
        mem_valid <= 1'b1;
        mem_write <= 1'b1;
        mem_strobe <= strobe_of_entry(entry);
        set_place(word_of_entry(entry));
        mem_wdata <= written[entry + 2];
        entry = entry + 3;
        phase = POKING;
      end else begin
        mem_valid <= 1'b0;
        block = block + 2 + 3 * written[block + 1];
        record = record + size_of(record);
        walk();
      end
    end
  endtask

  task finish_case;
    begin
      if (wrote_count != 0 && !dumping) begin
        $display("FAIL case=%0s %0d words were written after the last retirement", name, wrote_count);
        stop();
      end else begin
        at = 0;
        {asked, arriving} = {NONE, NONE};
        phase = READING;
        read_word();
      end
    end
  endtask

  // A word is asked for in a clock, there in the next, and compared at its end.
  task read_word;
    begin
      while (at < ALL_WORDS && masks[4*at] != 9'hff && masks[4*at+1] != 9'hff && masks[4*at+2] != 9'hff && masks[4*at+3] != 9'hff) at = at + 1;
      mem_valid <= at < ALL_WORDS;
      mem_write <= 1'b0;
      if (at < ALL_WORDS) begin
        set_place(at);
        asked = at;
        at = at + 1;
      end else begin
        if (asked == NONE && arriving == NONE) begin
          if (dumping) write_dump();
          phase = NEXT_CASE;
        end
        asked = NONE;
      end
    end
  endtask

  task compare_word;
    logic [31:0] wanted_word, mask;
    begin
      for (k = 0; k < 4; k = k + 1) begin
        wanted_word[8*k +: 8] = expected_bytes[4*arriving + k][7:0];
        mask[8*k +: 8] = masks[4*arriving + k] == 9'hff ? 8'hff : 8'h00;
      end
      for (k = 0; k < 4; k = k + 1) left[4*arriving + k] = mem_rdata[8*k +: 8];
      if (!dumping && ((mem_rdata ^ wanted_word) & mask) !== 0) begin
        $display("FAIL case=%0s final memory: %0s address=0x%0h expected=%08h found=%08h mask=%08h", name, arriving < SPM_WORDS ? "spm" : "acc",
          address_of(arriving), wanted_word, mem_rdata, mask);
        stop();
      end
    end
  endtask

  // $readmemh text of the bytes that the bundle has an opinion of.
  task write_dump;
    integer file, space, from, n;
    begin
      for (space = 0; space < 2; space = space + 1) begin
        $sformat(path, "%0s/%0s.%0s.hex", dump, name, space == 0 ? "spm" : "acc");
        file = $fopen(path, "w");
        from = space == 0 ? 0 : SPM_BYTES;
        for (n = from; n < (space == 0 ? SPM_BYTES : ALL_BYTES); n = n + 1) if (masks[n] == 9'hff) $fdisplay(file, "@%0h %02h", n - from, left[n]);
        $fclose(file);
      end
    end
  endtask

  // ---- what went wrong
  task stop;
    begin
      if (phase != ENDED) begin
        phase = ENDED;
        // Each simulator's way to an end that is not zero, without a line of its own behind ours.
`ifdef __ICARUS__
        $finish_and_return(1);
`elsif VERILATOR
        $stop;
`else
        $fatal(1);
`endif
      end
    end
  endtask

  // The begin of the line: which instruction.
  task say_instruction(input integer of);
    $write("FAIL case=%0s seq=%0d pc=%0d instruction=%0s order=%0d ", name, {retired[of + SEQ_AT + 1][31:0], retired[of + SEQ_AT][31:0]},
      retired[of + PC_AT][31:0], mnemonic(retired[of + WORDS_AT][7:0]), retired[of + ORDER_AT][31:0]);
  endtask

  // The first element of the destination that is wrong, row-major; or a write that belongs to none.
  task say_element(input integer of, input integer from, input integer count);
    integer operand, rank, bytes, axis, word, e, n, lane;
    integer index [0:RANK_MAX-1];
    logic [31:0] address;
    logic [31:0] expected, found;
    logic [3:0]  found_strobe, counted;
    logic        searches, empty;
    begin
      operand = of + OPERANDS_AT;
      rank = retired[of][31:24] == 0 ? 0 : retired[operand][23:16];
      bytes = retired[operand][15:8] == systole_isa::DTYPE_S32 || retired[operand][15:8] == systole_isa::DTYPE_U32 ? 4 : 1;
      searches = count > 0 && rank > 0;
      for (axis = 0; axis < RANK_MAX; axis = axis + 1) index[axis] = 0;
      while (searches) begin
        address = {retired[operand + ADDRESS_AT + 1][2:0], retired[operand + ADDRESS_AT][31:3]};
        for (axis = 0; axis < rank; axis = axis + 1) address = address + index[axis] * $signed(retired[operand + STRIDES_AT + axis][31:0]) * bytes;
        word = word_of(retired[operand][2:0], address);
        {expected, found, found_strobe} = '0;
        counted = 4'b1111;
        for (e = from + 2; e < from + 2 + 3 * count; e = e + 3) if (word_of_entry(e) == word) {expected, counted} = {written[e + 2], known_of_entry(e)};
        if (word != NONE) {found, found_strobe} = {wrote_data[word], wrote_strobe[word]};
        lane = address % 4;
        if (bytes == 1) begin
          expected = (expected >> (8 * lane)) & 32'hff;
          found = (found >> (8 * lane)) & 32'hff;
          found_strobe = {4{found_strobe[lane]}};
          counted = {4{counted[lane]}};
        end
        if (found_strobe !== 4'b1111 || ((found ^ expected) & bits_of(counted)) !== 0) begin
          $write("element=[");
          for (axis = 0; axis < rank; axis = axis + 1) $write("%0s%0d", axis == 0 ? "" : ",", index[axis]);
          if (found_strobe !== 4'b1111) $display("] space=%0d address=0x%0h expected=0x%0h found=unwritten", retired[operand][2:0], address, expected);
          else $display("] space=%0d address=0x%0h expected=0x%0h found=0x%0h", retired[operand][2:0], address, expected, found);
          searches = 1'b0;
          rank = NONE;
        end else begin
          axis = rank - 1;
          while (axis >= 0 && index[axis] + 1 >= retired[operand + DIMS_AT + axis]) begin
            index[axis] = 0;
            axis = axis - 1;
          end
          if (axis >= 0) index[axis] = index[axis] + 1;
          else searches = 1'b0;
        end
      end
      if (rank != NONE) begin
        // Every element is right: what else was written?
        word = NONE;
        for (n = ALL_WORDS - 1; n >= 0; n = n - 1) if (wrote_strobe[n] != 4'b0000) begin
          found_strobe = 4'b0000;
          for (e = from + 2; e < from + 2 + 3 * count; e = e + 3) if (word_of_entry(e) == n) found_strobe = strobe_of_entry(e);
          if (found_strobe != wrote_strobe[n]) word = n;
        end
        if (word == NONE) $display("%0d words written, %0d expected", wrote_count, count);
        else $display("a write that is not asked for: %0s address=0x%0h strobe=%04b found=0x%08h", word < SPM_WORDS ? "spm" : "acc", address_of(word), wrote_strobe[word], wrote_data[word]);
      end
    end
  endtask

  // ---- places: words of SPM, then of ACC
  function integer word_of(input [2:0] space, input integer address);
    word_of = space == systole_isa::SPACE_SPM && address >= 0 && address < SPM_BYTES ? address / 4
      : space == systole_isa::SPACE_ACC && address >= 0 && address < ACC_BYTES ? SPM_WORDS + address / 4 : NONE;
  endfunction
  function integer word_of_entry(input integer e);
    word_of_entry = word_of(written[e][10:8], written[e + 1]);
  endfunction
  function [3:0] strobe_of_entry(input integer e);
    strobe_of_entry = written[e][3:0];
  endfunction
  // Of the bytes that are written, those whose data count: the others became UNKNOWN.
  function [3:0] known_of_entry(input integer e);
    known_of_entry = written[e][7:4];
  endfunction
  function integer address_of(input integer word);
    address_of = word < SPM_WORDS ? 4 * word : 4 * (word - SPM_WORDS);
  endfunction
  task set_place(input integer word);
    begin
      mem_space <= word < SPM_WORDS ? systole_isa::SPACE_SPM : systole_isa::SPACE_ACC;
      mem_address <= address_of(word);
    end
  endtask
  function integer size_of(input integer of);
    size_of = retired[of][15:0] / 4;
  endfunction
  function [31:0] bits_of(input [3:0] strobe);
    bits_of = {{8{strobe[3]}}, {8{strobe[2]}}, {8{strobe[1]}}, {8{strobe[0]}}};
  endfunction
  function [31:0] crc_byte(input [31:0] earlier, input [7:0] value);
    crc_byte = crc_table[earlier[7:0] ^ value] ^ (earlier >> 8);
  endfunction
  function [31:0] crc_word(input [31:0] earlier, input [31:0] value);
    crc_word = crc_byte(crc_byte(crc_byte(crc_byte(earlier, value[7:0]), value[15:8]), value[23:16]), value[31:24]);
  endfunction
  function [8*8-1:0] mnemonic(input [7:0] opcode);
    case (opcode)
      systole_isa::OP_WLOAD: mnemonic = "wload";
      systole_isa::OP_AINIT: mnemonic = "ainit";
      systole_isa::OP_MM: mnemonic = "mm";
      systole_isa::OP_MDW: mnemonic = "mdw";
      systole_isa::OP_DRAIN: mnemonic = "drain";
      systole_isa::OP_POST: mnemonic = "post";
      systole_isa::OP_WAIT: mnemonic = "wait";
      default: mnemonic = "unknown";
    endcase
  endfunction
endmodule
