import java.awt.image.BufferedImage;
import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.Calendar;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.visible.PDVisibleSigProperties;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.visible.PDVisibleSignDesigner;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;

/**
 * Updates a file incrementally the way PDFBox does: `invisible`, `visible` (a signature field with an empty CMS, since only
 * the structure matters here) or `fill FIELD VALUE`. Arguments: MODE INPUT OUTPUT.
 */
public class ChangeWithPdfBox {
    public static void main(String[] args) throws Exception {
        try (PDDocument document = PDDocument.load(new File(args[1]));
                OutputStream output = new FileOutputStream(args[2])) {
            if (args[0].equals("fill")) fill(document, args[3], args[4]);
            else sign(document, args[0].equals("visible"));
            document.saveIncremental(output);
        }
    }

    private static void fill(PDDocument document, String name, String value) throws Exception {
        PDField field = document.getDocumentCatalog().getAcroForm().getField(name);
        field.setValue(value);
        for (COSDictionary dict = field.getCOSObject(); dict != null; dict = dict.getCOSDictionary(COSName.PARENT)) {
            dict.setNeedToBeUpdated(true);
        }
        document.getDocumentCatalog().getAcroForm().getCOSObject().setNeedToBeUpdated(true);
        document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
    }

    private static void sign(PDDocument document, boolean isVisible) throws Exception {
        PDSignature signature = new PDSignature();
        signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
        signature.setSubFilter(PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED);
        signature.setSignDate(Calendar.getInstance());
        SignatureOptions options = new SignatureOptions();
        options.setPreferredSignatureSize(1000);
        if (isVisible) {
            BufferedImage image = new BufferedImage(60, 30, BufferedImage.TYPE_INT_ARGB);
            PDVisibleSignDesigner designer = new PDVisibleSignDesigner(document, image, 1);
            designer.xAxis(300).yAxis(600).signatureFieldName("pdfbox");
            PDVisibleSigProperties properties = new PDVisibleSigProperties();
            properties.signerName("PDFBox").page(1).visualSignEnabled(true).setPdVisibleSignature(designer);
            properties.buildSignature();
            options.setVisualSignature(properties);
            options.setPage(0);
        }
        document.addSignature(signature, content -> new byte[] {0x30, 0}, options);
    }
}
