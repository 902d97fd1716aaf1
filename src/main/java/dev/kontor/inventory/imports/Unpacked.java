package dev.kontor.inventory.imports;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.commons.io.input.ProxyInputStream;

import dev.kontor.api.InvalidField;

/**
 * Looks at what a workbook unpacks to before anything of it is read: a small archive may hold gigabytes, a cell may say that
 * it is in column three hundred million, and a reader makes room for each tag that is not closed. Only what was looked at is
 * packed again and handed on, so that nothing is read that goes by another name, or that another reader would see.
 */
final class Unpacked {

    static final long MOST = 48L << 20;
    static final int LARGEST_RATIO = 100;
    private static final long SMALL = 1 << 20;
    private static final int MOST_FILES = 1_000;
    private static final int LONGEST_COLUMN = 3; // XFD is the last one there is
    private static final int MOST_CELLS = 16_384;
    private static final int DEEPEST = 64;
    private static final int MOST_NAMES = 5_000;

    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private final long most;
    private final Set<String> names = new HashSet<>();
    private long bytes;

    private Unpacked(int packed) {
        this.most = Math.min(MOST, SMALL + (long) LARGEST_RATIO * packed);
    }

    /** @return what there is to read of it, as a workbook */
    static byte[] checked(byte[] workbook) throws IOException {
        var unpacked = new Unpacked(workbook.length);
        var good = new ByteArrayOutputStream(workbook.length);
        try (var zip = ZipFile.builder()
                        .setSeekableByteChannel(new SeekableInMemoryByteChannel(workbook))
                        .get();
                var packed = new ZipOutputStream(good)) {
            packed.setLevel(Deflater.BEST_SPEED);
            var files = Collections.list(zip.getEntries());
            if (files.size() > MOST_FILES) {
                throw new InvalidField("body", "must be a workbook of at most " + MOST_FILES + " files");
            }
            for (var file : files) {
                if (file.getName().endsWith(".xml") || file.getName().endsWith(".rels")) {
                    try (var in = unpacked.counted(zip.getInputStream(file))) {
                        var content = in.readAllBytes();
                        unpacked.check(content);
                        packed.putNextEntry(new ZipEntry(file.getName()));
                        packed.write(content);
                    }
                }
            }
        }
        return good.toByteArray();
    }

    /** To the end, or it is no XML. */
    private void check(byte[] content) throws IOException {
        try {
            var xml = XML.createXMLStreamReader(new ByteArrayInputStream(content));
            int depth = 0;
            int cells = 0;
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamReader.START_ELEMENT -> {
                        if (++depth > DEEPEST) {
                            throw new InvalidField("body", "must have at most " + DEEPEST + " levels of XML");
                        }
                        checkNames(xml);
                        switch (xml.getLocalName()) {
                            case "row" -> cells = 0;
                            case "c" -> checkCell(xml, ++cells);
                            default -> {}
                        }
                    }
                    case XMLStreamReader.END_ELEMENT -> depth--;
                    default -> {}
                }
            }
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    /** Readers remember each name, some for ever. */
    private void checkNames(XMLStreamReader element) {
        names.add(element.getLocalName());
        for (int index = 0; index < element.getAttributeCount(); index++) {
            names.add(element.getAttributeLocalName(index));
        }
        if (names.size() > MOST_NAMES) {
            throw new InvalidField("body", "must have at most " + MOST_NAMES + " different names in its XML");
        }
    }

    private static void checkCell(XMLStreamReader cell, int number) {
        var place = cell.getAttributeValue(null, "r");
        if (number > MOST_CELLS
                || (place != null && place.chars().filter(Character::isLetter).count() > LONGEST_COLUMN)) {
            throw new InvalidField("body", "must have no cell beyond column XFD");
        }
    }

    private InputStream counted(InputStream in) {
        return new ProxyInputStream(in) {
            @Override
            protected void afterRead(int read) {
                count(Math.max(read, 0));
            }
        };
    }

    private void count(int read) {
        bytes += read;
        if (bytes > most) {
            throw new InvalidField(
                    "body",
                    "must unpack to at most " + (MOST >> 20) + " MiB, and to " + LARGEST_RATIO + " times its own size");
        }
    }
}
