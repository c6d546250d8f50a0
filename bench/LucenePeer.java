// Lucene as a peer of lectern-bench speed (peers_lucene.c compiles and starts this).
//
//   index TEXTS INDEX    one talk a line: title, speakers, event, body with tabs between
//   search INDEX         answers queries on standard input until its end, one a line: all, any,
//                        phrase, prefix or fuzzy, then the field or nothing, then the words, with
//                        tabs between. For each it finds ten talks, reads what is stored of them,
//                        and prints how many match, at least; "count " before it: exactly how many.

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;

public final class LucenePeer {
    private static final int PAGE = 10;
    private static final int WARMING = 50;
    private static final String[] COLUMNS = {"title", "speakers", "event", "body"};
    private static final Analyzer ENGLISH = new EnglishAnalyzer();

    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "index" -> index(args[1], args[2]);
            default -> search(args[1]);
        }
    }

    private static void index(String texts, String folder) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(ENGLISH);
        config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(Paths.get(folder)), config);
                BufferedReader lines = Files.newBufferedReader(Paths.get(texts))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                writer.addDocument(talk(line.split("\t", -1)));
            }
            writer.forceMerge(1);
        }
    }

    // All columns are searched as one, as in the others; titles and speakers by themselves too.
    private static Document talk(String[] column) {
        Document made = new Document();
        for (int i = 0; i < COLUMNS.length && i < column.length; i++) {
            made.add(new StoredField(COLUMNS[i], column[i]));
            made.add(new TextField("all", column[i], Field.Store.NO));
            if (i < 2) {
                made.add(new TextField("in " + COLUMNS[i], column[i], Field.Store.NO));
            }
        }
        return made;
    }

    // A query that comes for the first time is answered often, for the machine to get warm: the
    // first time is not recorded.
    private static void search(String folder) throws IOException {
        Set<String> seen = new HashSet<>();
        BufferedReader queries =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (DirectoryReader reader = DirectoryReader.open(new MMapDirectory(Paths.get(folder)))) {
            IndexSearcher searcher = new IndexSearcher(reader);
            for (String line = queries.readLine(); line != null; line = queries.readLine()) {
                for (int i = seen.add(line) ? WARMING : 0; i > 0; i--) {
                    answer(searcher, line);
                }
                System.out.println(answer(searcher, line));
            }
        }
    }

    private static long answer(IndexSearcher searcher, String line) throws IOException {
        boolean counting = line.startsWith("count ");
        Query query = parse((counting ? line.substring(6) : line).split("\t"));
        if (counting) {
            return searcher.count(query);
        }
        TopDocs found = searcher.search(query, PAGE);
        for (ScoreDoc hit : found.scoreDocs) {
            searcher.doc(hit.doc);
        }
        return found.totalHits.value;
    }

    private static Query parse(String[] part) throws IOException {
        String field = part[1].isEmpty() ? "all" : "in " + part[1];
        List<String> words = new ArrayList<>();
        for (int i = 2; i < part.length; i++) {
            words.addAll(terms(part[i]));
        }
        return switch (part[0]) {
            case "phrase" -> new PhraseQuery(field, words.toArray(new String[0]));
            case "prefix" -> new PrefixQuery(new Term(field, part[2].toLowerCase()));
            case "fuzzy" -> new FuzzyQuery(new Term(field, part[2].toLowerCase()));
            case "any" -> joined(field, words, BooleanClause.Occur.SHOULD);
            default -> joined(field, words, BooleanClause.Occur.MUST);
        };
    }

    private static Query joined(String field, List<String> words, BooleanClause.Occur how) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String word : words) {
            all.add(new TermQuery(new Term(field, word)), how);
        }
        return all.build();
    }

    private static List<String> terms(String text) throws IOException {
        List<String> found = new ArrayList<>();
        try (TokenStream tokens = ENGLISH.tokenStream("", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                found.add(term.toString());
            }
            tokens.end();
        }
        return found;
    }
}
