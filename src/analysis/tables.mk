$(BUILD)/src/analysis/stop_words.c.o: $(wildcard src/analysis/stop_words/*.txt) src/analysis/whole_words.txt
$(BUILD)/src/analysis/technology_table.c.o: src/analysis/technologies.tsv

# The table of technologies is laid out by a program of the build, from the same code that reads a
# person's own table, so that no process has to read it.
TECHNOLOGY_WRITER := $(BUILD)/technologies
$(TECHNOLOGY_WRITER): $(call obj,src/analysis/tables/technologies.c src/analysis/technology_read.c \
                        src/analysis/technology_table.c src/analysis/technology_words.c \
                        $(wildcard src/base/*.c))
	$(CXX) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/src/analysis/technologies.c: $(TECHNOLOGY_WRITER) src/analysis/technologies.tsv
	$< src/analysis/technologies.tsv >$@

$(BUILD)/src/analysis/technologies.o: $(BUILD)/src/analysis/technologies.c src/analysis/technology_table.h
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(LIB): $(BUILD)/src/analysis/technologies.o
