package dev.kontor.inventory.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.commons.io.input.ProxyInputStream;

import dev.kontor.api.InvalidField;

/**
 * Looks at what a workbook unpacks to before anything of it is kept: a small archive may hold gigabytes, and a cell may say
 * that it is in column three hundred million. It is unpacked by the library that reads it later, since others may see other
 * files in the same bytes.
 */
final class Unpacked {

    static final long MOST = 48L << 20;
    static final int LARGEST_RATIO = 100;
    private static final long SMALL = 1 << 20;
    private static final int MOST_FILES = 1_000;
    private static final int LONGEST_COLUMN = 3; // XFD is the last one there is

    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private final long most;
    private long bytes;

    private Unpacked(int packed) {
        this.most = Math.min(MOST, SMALL + (long) LARGEST_RATIO * packed);
    }

    static void check(byte[] workbook) throws IOException {
        var unpacked = new Unpacked(workbook.length);
        try (var zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(workbook))
                .get()) {
            var files = Collections.list(zip.getEntries());
            if (files.size() > MOST_FILES) {
                throw new InvalidField("body", "must be a workbook of at most " + MOST_FILES + " files");
            }
            for (var file : files) {
                try (var in = unpacked.counted(zip.getInputStream(file))) {
                    if (file.getName().endsWith(".xml")) {
                        checkCells(in); // to the end, or it is no XML
                    } else {
                        in.transferTo(OutputStream.nullOutputStream());
                    }
                }
            }
        }
    }

    private static void checkCells(InputStream in) throws IOException {
        try {
            var xml = XML.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT
                        && xml.getLocalName().equals("c")) {
                    checkPlace(xml);
                }
            }
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void checkPlace(XMLStreamReader cell) {
        for (int index = 0; index < cell.getAttributeCount(); index++) {
            if (cell.getAttributeLocalName(index).equals("r")
                    && cell.getAttributeValue(index)
                                    .chars()
                                    .filter(Character::isLetter)
                                    .count()
                            > LONGEST_COLUMN) {
                throw new InvalidField("body", "must have no cell beyond column XFD");
            }
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
