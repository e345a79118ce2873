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
  localparam integer SPM_WORDS = SPM_BYTES / 4, ALL_WORDS = (SPM_BYTES + ACC_BYTES) / 4;
  localparam integer SEQ_AT = systole_isa::RETIREMENT_SEQ_AT / 4, PC_AT = systole_isa::RETIREMENT_PC_AT / 4,
    WORDS_AT = systole_isa::RETIREMENT_WORDS_AT / 4, ORDER_AT = systole_isa::RETIREMENT_ORDER_AT / 4,
    OPERANDS_AT = systole_isa::RETIREMENT_OPERANDS_AT / 4, DIMS_AT = systole_isa::OPERAND_DIMS_AT / 4,
    STRIDES_AT = systole_isa::OPERAND_STRIDES_AT / 4, ADDRESS_AT = systole_isa::OPERAND_ADDRESS_AT / 4;
  localparam integer RANK_MAX = systole_isa::RANK_MAX;
  localparam integer TEXT = 8 * 512;
  // Instructions that may be under way at once.
  localparam integer UNDER_WAY = 64;
  localparam integer NONE = -1;
  // What a file holds.
  localparam [2:0] RETIRED = 0, WRITES = 1, INITIAL = 2, EXPECTED = 3, MASK = 4;

  // ---- what the bundle says
  logic [31:0] retired [0:RETIRE_WORDS_MAX-1];
  logic [31:0] packed_writes [0:WRITES_WORDS_MAX-1];
  // Of each block seq, the number of entries, and entries of {known and strobe; word, or NONE; data}.
  logic [31:0] written [0:3*WRITES_WORDS_MAX];
  // Words of SPM, then of ACC behind them: what is there before and after, with 8'hff for each byte that a file names, or that counts.
  logic [31:0] initial_data [0:ALL_WORDS-1], initial_bytes [0:ALL_WORDS-1];
  logic [31:0] expected_data [0:ALL_WORDS-1], expected_bytes [0:ALL_WORDS-1], counted_bytes [0:ALL_WORDS-1];
  logic        named [0:ALL_WORDS-1];
  // The words that are laid down, and those that are read back.
  integer to_lay [0:ALL_WORDS-1], to_read [0:ALL_WORDS-1], to_lay_count, to_read_count;
  logic [TEXT-1:0] bundle, wanted, name, path, dump;
  logic            dumping;
  logic [31:0]     left [0:ALL_WORDS-1];
  integer cases_file, retired_count, packed_count, written_count;
  integer spm_initial_count, acc_initial_count, spm_expected_count, acc_expected_count, spm_mask_count, acc_mask_count;
  logic [31:0] retired_crc, packed_crc, spm_initial_crc, acc_initial_crc, spm_expected_crc, acc_expected_crc, spm_mask_crc, acc_mask_crc;
  // CRC-32C of a byte that n more follow, at 256 n.
  logic [31:0] crc_table [0:1023];

  // ---- how far it is
  localparam [3:0] NEXT_CASE = 0, RESETTING = 1, LAYING = 2, WALKING = 3, SENDING = 4, SETTLING = 5, POKING = 6, FINISHING = 7, READING = 8, ENDED = 9;
  logic [3:0] phase;
  integer timeout, quiet, clocks, listed, cases, instructions, cycles;
  // The record at hand, its size in words and those that are sent, the block of writes that comes next, and its entry at hand.
  integer record, size, sent, block, entry;
  // How many are laid or asked for; the word that is asked for, and the one whose data come.
  integer at, asked, arriving;
  // Instructions under way: where their record and their writes are.
  integer under_way_record [0:UNDER_WAY-1], under_way_block [0:UNDER_WAY-1];
  integer oldest, newest, accepted;
  // How often the unit has been reset in the middle of its work, which leaves nothing behind: so often before the first case plays.
  localparam integer STARTLES = 8, STARTLE_CLOCKS = 146;
  integer startles;
  logic   plays;
  // A word of SPM and one of ACC that stay what they are in this case: the host reads and writes them while the unit works.
  integer still [0:1], until_visit, visits, visited;
  logic   answers;
  // A record of which words have come is not whole.
  logic   partly;
  logic [31:0] retired_when;
  // What the unit has written since the last retirement.
  logic [3:0]  wrote_strobe [0:ALL_WORDS-1];
  logic [31:0] wrote_data [0:ALL_WORDS-1];
  integer wrote_count;
  // Whether there is something to see: a simulator works it out when one of these changes, not in every clock.
  wire tells = write_valid !== 1'b0 || retire_valid !== 1'b0;
  wire idles = idle !== 1'b0 && (accepted != oldest || partly);
  wire counts = plays && phase >= WALKING && phase <= FINISHING;
  wire works = counts && phase != SETTLING && phase != POKING;

  integer i, k;
  logic [31:0] crc;
  initial begin
    for (i = 0; i < 256; i = i + 1) begin
      crc = i;
      for (k = 0; k < 8; k = k + 1) crc = crc[0] ? (crc >> 1) ^ 32'h82f63b78 : crc >> 1;
      crc_table[i] = crc;
    end
    for (i = 256; i < 1024; i = i + 1) crc_table[i] = crc_table[crc_table[i - 256][7:0]] ^ (crc_table[i - 256] >> 8);
    for (i = 0; i < ALL_WORDS; i = i + 1) wrote_strobe[i] = 4'b0000;
    for (i = 0; i < ALL_WORDS; i = i + 1) named[i] = 1'b1;
    {reset, mem_valid, cmd_valid, mem_write, cmd_last} = 5'b10000;
    {mem_space, mem_address, mem_wdata, mem_strobe, cmd_data} = '0;
    phase = NEXT_CASE;
    {listed, cases, instructions, cycles, quiet, clocks, wrote_count, oldest, newest, accepted, startles, visits, partly, plays, answers, retired_when} = '0;
    until_visit = 6;
    name = "-";
    timeout = 100000;
    if ($value$plusargs("timeout=%d", timeout)) ;
    if (!$value$plusargs("case=%s", wanted)) wanted = "";
    dumping = $value$plusargs("dump=%s", dump) != 0;
    if (!$value$plusargs("bundle=%s", bundle)) bundle = ".";
    $sformat(path, "%0s/cases.txt", bundle);
    cases_file = $fopen(path, "r");
    if (timeout < 1 || (dumping && dump == "")) begin
      $display("FAIL case=- +timeout takes a number of clocks from 1 on, +dump a folder");
      stop();
    end
  end

  always @(posedge clk) if (phase != ENDED) begin
    if (tells && !reset && accepted == 0) begin
      $display("FAIL case=%0s the unit writes or retires after a reset, with nothing under way", name);
      stop();
    end
    if (plays) begin
      if (counts) cycles = cycles + 1;
      if ((tells || idles) && !reset) watch();
      if (answers) compare_visit();
      until_visit = until_visit == 0 ? 6 : until_visit - 1;
      if (works) work();
    end else if (!reset) startle();
    case (phase)
      NEXT_CASE: next_case();
      RESETTING: begin
        clocks = clocks + 1;
        // One clock has to do when the unit is at work.
        if (clocks == (startles == 0 ? 4 : 2)) begin
          reset <= 1'b0;
          at = 0;
          phase = plays ? LAYING : WALKING;
        end
      end
      LAYING: if (!mem_valid || mem_ready) lay(); else be_patient();
      WALKING: walk();
      SENDING: if (cmd_ready) begin
        quiet = 0;
        partly = !cmd_last;
        if (cmd_last) begin
          accepted = accepted + 1;
          cmd_valid <= 1'b0;
          record = record + size;
          walk();
        end else send();
      end
      // The unit tells that it is idle when the last command has arrived there.
      SETTLING: if (idle && oldest == newest) poke(); else be_patient();
      POKING: if (mem_ready) poke(); else be_patient();
      FINISHING: if (plays && idle && oldest == newest) finish_case();
      READING: begin
        if (arriving != NONE) compare_word();
        arriving = NONE;
        if (phase == READING) begin
          if (!mem_valid || mem_ready) begin
            arriving = asked;
            read_word();
          end else be_patient();
        end
      end
      default: ;
    endcase
  end

  // The first instructions of the first case on memory of which nothing is known, and a reset a little later each time.
  task startle;
    begin
      clocks = clocks + 1;
      if (clocks == STARTLE_CLOCKS + 2 * startles) begin
        startles = startles + 1;
        plays = startles == STARTLES;
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

  // ---- what the unit tells
  task watch;
    integer lane;
    begin
      if (write_valid !== 1'b0) begin
        if (write_strobe === '0) begin
          $display("FAIL case=%0s write_valid without a byte of write_strobe", name);
          stop();
        end
        for (lane = 0; lane < LANES; lane = lane + 1)
          if (write_strobe[4*lane +: 4] !== 4'b0000) note_write(write_space, write_address + 4 * lane, write_strobe[4*lane +: 4], write_data[32*lane +: 32]);
      end
      if (phase != ENDED && idle !== 1'b0 && accepted != oldest) begin
        say_instruction(under_way_record[oldest % UNDER_WAY]);
        $display("the unit says that it is idle while this is under way");
        stop();
      end
      if (phase != ENDED && idle !== 1'b0 && partly) begin
        say_instruction(record);
        $display("the unit says that it is idle when it has a part of this");
        stop();
      end
      if (phase != ENDED && retire_valid !== 1'b0) begin
        quiet = 0;
        retired_when = crc_word(retired_when, cycles);
        check_retirement();
      end
    end
  endtask

  // One clock more in which nothing is taken.
  task be_patient;
    begin
      quiet = quiet + 1;
      if (quiet > timeout) begin
        if (oldest != newest) begin
          say_instruction(under_way_record[oldest % UNDER_WAY]);
          $display("no retirement: %0d cycles without progress", timeout);
        end else $display("FAIL case=%0s no answer: %0d cycles without progress", name, timeout);
        stop();
      end
    end
  endtask

  // A clock while the unit works. Now and then the host visits it, and nobody has to wait for that: it reads and writes in turn, SPM and ACC in turn.
  task work;
    begin
      be_patient();
      if (!mem_valid || mem_ready) begin
        if (mem_valid) begin
          answers = !mem_write;
          visited = still[mem_space == systole_isa::SPACE_ACC];
          mem_valid <= 1'b0;
        end
        if (until_visit == 0) begin
          visits = visits - 1;
          if (still[visits[0]] != NONE) begin
            mem_valid <= 1'b1;
            mem_write <= visits[1];
            mem_strobe <= 4'b1111;
            set_place(still[visits[0]]);
            mem_wdata <= expected_data[still[visits[0]]];
          end
        end
      end
    end
  endtask

  task compare_visit;
    begin
      answers = 1'b0;
      if (mem_rdata !== expected_data[visited] && !dumping) begin
        $display("FAIL case=%0s the host reads %08h at %0s address=0x%0h while the unit works, where %08h stays", name, mem_rdata, visited < SPM_WORDS ? "spm" : "acc",
          address_of(visited), expected_data[visited]);
        stop();
      end
    end
  endtask

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
          word = written[from + 3 + 3 * e];
          wrong = word == NONE ? 1 : wrote_strobe[word] !== strobe_of_entry(from + 2 + 3 * e)
            || ((wrote_data[word] ^ written[from + 4 + 3 * e]) & bits_of(known_of_entry(from + 2 + 3 * e))) !== 0;
        end
        if (phase != ENDED && (wrong || wrote_count != count)) begin
          say_instruction(of);
          say_element(of, from, count);
          stop();
        end
        for (e = 0; e < count && phase != ENDED; e = e + 1) wrote_strobe[written[from + 3 + 3 * e]] = 4'b0000;
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
        found = $fscanf(cases_file, "%s %d %h %d %h %d %h %d %h %d %h %d %h %d %h %d %h", name, retired_count, retired_crc, packed_count, packed_crc,
          spm_initial_count, spm_initial_crc, acc_initial_count, acc_initial_crc, spm_expected_count, spm_expected_crc, acc_expected_count, acc_expected_crc,
          spm_mask_count, spm_mask_crc, acc_mask_count, acc_mask_crc);
        if (found == 17) begin
          listed = listed + 1;
          if (wanted == "" || wanted == name) begin
            load();
            cases = cases + 1;
            if (phase != ENDED) begin_case();
          end
        end else if (found != 2 || name != "end") begin
          if (found > 0) $display("FAIL case=%0s its line in cases.txt has %0d of 17 fields", name, found);
          else $display("FAIL case=- cases.txt has no last line `end`: it is cut off");
          stop();
        end else if (listed != retired_count) begin
          $display("FAIL case=- cases.txt has %0d of %0d cases", listed, retired_count);
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

  // The files of a case, each checked.
  task load;
    integer n;
    begin
      if (retired_count > RETIRE_WORDS_MAX || packed_count > WRITES_WORDS_MAX) begin
        $display("FAIL case=%0s %0d and %0d words: more than RETIRE_WORDS_MAX or WRITES_WORDS_MAX of the player", name, retired_count, packed_count);
        stop();
      end
      for (n = 0; n < ALL_WORDS; n = n + 1) if (named[n]) {named[n], initial_bytes[n], expected_bytes[n], counted_bytes[n]} = '0;
      read_file("retire.hex", RETIRED, 0, retired_count, retired_crc);
      read_file("writes.hex", WRITES, 0, packed_count, packed_crc);
      read_file("initial.spm.hex", INITIAL, 0, spm_initial_count, spm_initial_crc);
      read_file("initial.acc.hex", INITIAL, SPM_BYTES, acc_initial_count, acc_initial_crc);
      read_file("expected.spm.hex", EXPECTED, 0, spm_expected_count, spm_expected_crc);
      read_file("expected.acc.hex", EXPECTED, SPM_BYTES, acc_expected_count, acc_expected_crc);
      read_file("mask.spm.hex", MASK, 0, spm_mask_count, spm_mask_crc);
      read_file("mask.acc.hex", MASK, SPM_BYTES, acc_mask_count, acc_mask_crc);
      if (phase != ENDED) begin
        unpack();
        prepare_memory();
      end
    end
  endtask

  // A file in $readmemh text: are there as many words or bytes as cases.txt says, with their CRC-32C? It is read by hand, since
  // $readmemh does not tell where it has put something, and to search all of memory takes longer than the whole case.
  task read_file(input [8*20-1:0] file, input [2:0] what, input integer from, input integer count, input [31:0] crc_wanted);
    integer handle, got, next, value, found, room;
    begin
      {handle, next, found} = '0;
      room = what == RETIRED || what == WRITES ? count : from == 0 ? SPM_BYTES : ACC_BYTES;
      got = NONE;
      crc = '1;
      if (phase != ENDED && count > 0) begin
        $sformat(path, "%0s/cases/%0s/%0s", bundle, name, file);
        handle = $fopen(path, "r");
        got = handle == 0 ? NONE : 1;
      end
      while (got > NONE) begin
        got = $fscanf(handle, "%h", value);
        if (got == 1) begin
          if (next >= room) ;
          else if (what == RETIRED || what == WRITES) take_word(what, next, value);
          else take_byte(what, from + next, value);
          next = next + 1;
          found = found + 1;
        end else if (got == 0) begin
          // No number: an address, a comment, or, for Verilator, the end.
          if ($fscanf(handle, "@%h", value) != 1) got = $fgets(path, handle) == 0 ? NONE : 0;
          else if (value < 0 || value >= room) begin
            $display("FAIL case=%0s %0s has the address @%0h, where nothing can be", name, file, value);
            stop();
            got = NONE;
          end else begin
            // What retire.hex leaves out is 0; the last word is always there.
            if (what == RETIRED) for (next = next; next < value; next = next + 1) begin
              retired[next] = 32'd0;
              crc = crc_table[768 + crc[7:0]] ^ crc_table[512 + crc[15:8]] ^ crc_table[256 + crc[23:16]] ^ crc_table[crc[31:24]];
              found = found + 1;
            end
            next = value;
          end
        end
      end
      if (handle != 0) $fclose(handle);
      if (phase == ENDED) ;
      else if (found != count) begin
        $display("FAIL case=%0s %0s is missing, too short or too long: %0d of %0d words or bytes", name, file, found, count);
        stop();
      end else if (count > 0 && ~crc !== crc_wanted) begin
        $display("FAIL case=%0s %0s has CRC-32C %08h, not %08h: it is not the file that was made", name, file, ~crc, crc_wanted);
        stop();
      end
    end
  endtask

  task take_word(input [2:0] what, input integer at_word, input [31:0] value);
    begin
      crc = crc ^ value;
      crc = crc_table[768 + crc[7:0]] ^ crc_table[512 + crc[15:8]] ^ crc_table[256 + crc[23:16]] ^ crc_table[crc[31:24]];
      if (what == RETIRED) retired[at_word] = value;
      else packed_writes[at_word] = value;
    end
  endtask

  task take_byte(input [2:0] what, input [31:0] address, input [7:0] value);
    logic [31:0] word, place, placed;
    begin
      crc = crc_table[crc[7:0] ^ value] ^ (crc >> 8);
      word = address >> 2;
      place = 32'hff << {address[1:0], 3'b000};
      placed = {4{value}} & place;
      if (what == MASK) counted_bytes[word] = counted_bytes[word] & (placed | ~place);
      else begin
        named[word] = 1'b1;
        if (what == INITIAL) begin
          initial_bytes[word] = initial_bytes[word] | place;
          initial_data[word] = (initial_data[word] & ~place) | placed;
        end else begin
          expected_bytes[word] = expected_bytes[word] | place;
          counted_bytes[word] = counted_bytes[word] | place;
          expected_data[word] = (expected_data[word] & ~place) | placed;
        end
      end
    end
  endtask

  // What was laid down and not written over stays. Bytes that no file names are what the memory has, X at first where a simulator has one, then
  // what earlier cases left: nothing that counts may depend on them.
  task prepare_memory;
    integer n;
    logic [31:0] stays;
    begin
      {to_lay_count, to_read_count} = '0;
      {still[0], still[1]} = {NONE, NONE};
      for (n = 0; n < ALL_WORDS; n = n + 1) if (named[n]) begin
        stays = initial_bytes[n] & ~expected_bytes[n];
        expected_data[n] = (expected_data[n] & ~stays) | (initial_data[n] & stays);
        counted_bytes[n] = counted_bytes[n] | stays;
        if (&stays) still[n >= SPM_WORDS] = n;
        if (initial_bytes[n] != 0) begin
          to_lay[to_lay_count] = n;
          to_lay_count = to_lay_count + 1;
        end
        if (counted_bytes[n] != 0) begin
          to_read[to_read_count] = n;
          to_read_count = to_read_count + 1;
        end
      end
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
        written[written_count] = packed_writes[n];
        written[entries] = 0;
        written_count = written_count + 2;
        block_end = n + 2 + packed_writes[n + 1];
        n = n + 2;
        while (n < block_end) begin
          tag = packed_writes[n];
          address = packed_writes[n + 1];
          run_end = n + 2 + tag[31:16];
          for (n = n + 2; n < run_end; n = n + 1) begin
            written[written_count] = {24'd0, tag[7:0]};
            written[written_count + 1] = word_of(tag[10:8], address);
            written[written_count + 2] = packed_writes[n];
            written_count = written_count + 3;
            written[entries] = written[entries] + 1;
            address = address + 4;
          end
        end
      end
    end
  endtask

  task lay;
    begin
      quiet = 0;
      if (at < to_lay_count) begin
        mem_valid <= 1'b1;
        mem_write <= 1'b1;
        mem_strobe <= {initial_bytes[to_lay[at]][24], initial_bytes[to_lay[at]][16], initial_bytes[to_lay[at]][8], initial_bytes[to_lay[at]][0]};
        set_place(to_lay[at]);
        mem_wdata <= initial_data[to_lay[at]];
        at = at + 1;
      end else begin
        mem_valid <= 1'b0;
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
        has_block = block < written_count && written[block] == retired[record + SEQ_AT];
        if (retired[record][23:16] == systole_isa::UNIT_MXU) begin
          if (newest - oldest == UNDER_WAY) begin
            phase = WALKING;
          end else begin
            under_way_record[newest % UNDER_WAY] = record;
            under_way_block[newest % UNDER_WAY] = has_block ? block : NONE;
            newest = newest + 1;
            if (has_block) block = block + 2 + 3 * written[block + 1];
            sent = 0;
            size = size_of(record);
            cmd_valid <= 1'b1;
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
    told_order = retired[of + ORDER_AT] * 32'h9e3779b1;
  endfunction

  task send;
    begin
      if (sent == ORDER_AT) cmd_data <= told_order(record);
      else cmd_data <= retired[record + sent];
      sent = sent + 1;
      cmd_last <= sent == size;
    end
  endtask

  task poke;
    integer block_end;
    begin
      quiet = 0;
      block_end = block + 2 + 3 * written[block + 1];
      while (entry < block_end && written[entry + 1] == NONE) entry = entry + 3;
      if (entry < block_end) begin
        mem_valid <= 1'b1;
        mem_write <= 1'b1;
        mem_strobe <= strobe_of_entry(entry);
        set_place(written[entry + 1]);
        mem_wdata <= written[entry + 2];
        entry = entry + 3;
        phase = POKING;
      end else begin
        mem_valid <= 1'b0;
        block = block_end;
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
      quiet = 0;
      mem_valid <= at < to_read_count;
      mem_write <= 1'b0;
      if (at < to_read_count) begin
        asked = to_read[at];
        set_place(asked);
        at = at + 1;
      end else begin
        if (asked == NONE && arriving == NONE) begin
          phase = NEXT_CASE;
          if (dumping) write_dump();
        end
        asked = NONE;
      end
    end
  endtask

  task compare_word;
    begin
      left[arriving] = mem_rdata;
      if (!dumping && ((mem_rdata ^ expected_data[arriving]) & counted_bytes[arriving]) !== 0) begin
        $display("FAIL case=%0s final memory: %0s address=0x%0h expected=%08h found=%08h mask=%08h", name, arriving < SPM_WORDS ? "spm" : "acc",
          address_of(arriving), expected_data[arriving], mem_rdata, counted_bytes[arriving]);
        stop();
      end
    end
  endtask

  // $readmemh text of the bytes that the bundle has an opinion of.
  task write_dump;
    integer spm, acc, n, lane;
    begin
      $sformat(path, "%0s/%0s.spm.hex", dump, name);
      spm = $fopen(path, "w");
      $sformat(path, "%0s/%0s.acc.hex", dump, name);
      acc = $fopen(path, "w");
      if (spm == 0 || acc == 0) begin
        $display("FAIL case=%0s %0s cannot be written; is +dump a folder that is there?", name, path);
        stop();
      end else for (n = 0; n < to_read_count; n = n + 1) for (lane = 0; lane < 4; lane = lane + 1)
        if (counted_bytes[to_read[n]][8*lane]) $fdisplay(to_read[n] < SPM_WORDS ? spm : acc, "@%0h %02h", address_of(to_read[n]) + lane, left[to_read[n]][8*lane +: 8]);
      if (spm != 0) $fclose(spm);
      if (acc != 0) $fclose(acc);
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
    $write("FAIL case=%0s seq=%0d pc=%0d instruction=%0s order=%0d ", name, {retired[of + SEQ_AT + 1], retired[of + SEQ_AT]},
      retired[of + PC_AT], mnemonic(retired[of + WORDS_AT][7:0]), retired[of + ORDER_AT]);
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
        for (axis = 0; axis < rank; axis = axis + 1) address = address + index[axis] * $signed(retired[operand + STRIDES_AT + axis]) * bytes;
        word = word_of(retired[operand][2:0], address);
        {expected, found, found_strobe} = '0;
        counted = 4'b1111;
        for (e = from + 2; e < from + 2 + 3 * count; e = e + 3) if (written[e + 1] == word) {expected, counted} = {written[e + 2], known_of_entry(e)};
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
          for (e = from + 2; e < from + 2 + 3 * count; e = e + 3) if (written[e + 1] == n) found_strobe = strobe_of_entry(e);
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
  function [31:0] crc_word(input [31:0] earlier, input [31:0] value);
    logic [31:0] all;
    begin
      all = earlier ^ value;
      crc_word = crc_table[768 + all[7:0]] ^ crc_table[512 + all[15:8]] ^ crc_table[256 + all[23:16]] ^ crc_table[all[31:24]];
    end
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
