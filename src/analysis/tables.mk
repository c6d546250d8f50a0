$(BUILD)/src/analysis/stop_words.c.o: $(wildcard src/analysis/stop_words/*.txt) src/analysis/whole_words.txt
$(BUILD)/src/analysis/technology_table.c.o: src/analysis/technologies.tsv
