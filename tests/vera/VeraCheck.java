// SPDX-FileCopyrightText: 2026 The kanyin authors
// SPDX-License-Identifier: Apache-2.0

import java.io.File;
import java.util.*;
import java.util.stream.*;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.*;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.*;
import org.w3c.dom.*;

/**
 * Validate PDFs: VeraCheck PROFILE FILE..., with PROFILE the name of a profile in the jar, such as PDFA-3A or PDFUA-1.
 * Prints a line a file: PASS or FAIL, the file, and the failed rules as clause-number. The profile is read with the DOM,
 * because the jar comes without the JAXB that veraPDF itself reads profiles with.
 */
public class VeraCheck {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = profile(args[0]);
        for (String file : Arrays.asList(args).subList(1, args.length)) {
            try (PDFAParser parser =
                    Foundries.defaultInstance().createParser(new File(file), profile.getPDFAFlavour())) {
                ValidationResult result = Foundries.defaultInstance().createValidator(profile, false).validate(parser);
                String failed = result.getFailedChecks().keySet().stream()
                        .map(id -> id.getClause() + "-" + id.getTestNumber()).sorted().collect(Collectors.joining(" "));
                System.out.println((result.isCompliant() ? "PASS\t" : "FAIL\t") + file + "\t" + failed);
            }
        }
    }

    static ValidationProfile profile(String name) throws Exception {
        Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(VeraCheck.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml"))
                .getDocumentElement();
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : all(root, "rule")) {
            Element id = all(rule, "id").get(0);
            RuleId ruleId = Profiles.ruleIdFromValues(
                    PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                    id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
            Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
            rules.add(Profiles.ruleFromValues(ruleId, rule.getAttribute("object"), deferred, rule.getAttribute("tags"),
                    text(rule, "description"), text(rule, "test"),
                    Profiles.errorFromValues(text(rule, "message"), List.of()), List.of()));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element v : all(root, "variable")) {
            variables.add(Profiles.variableFromValues(v.getAttribute("name"), v.getAttribute("object"),
                    text(v, "defaultValue"), text(v, "value")));
        }
        return Profiles.profileFromValues(PDFAFlavour.valueOf(root.getAttribute("flavour")),
                Profiles.profileDetailsFromValues(name, name, "", new Date(0)), "", rules, variables);
    }

    static List<Element> all(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }

    static String text(Element parent, String name) {
        List<Element> found = all(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
